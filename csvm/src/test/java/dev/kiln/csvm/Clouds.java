package dev.kiln.csvm;

import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import java.util.Random;

/** Two overlapping clouds of points, with labels +1 and -1. */
public record Clouds(double[][] x, double[][] y) {

    /** As many rows of each class, mixed. */
    public static Clouds mixed(int rows, int features, double apart, long seed) {
        var random = new Random(seed);
        double[][] x = new double[rows][features];
        double[][] y = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            y[i][0] = random.nextBoolean() ? 1 : -1;
            for (int f = 0; f < features; f++) {
                x[i][f] = random.nextGaussian() + apart * y[i][0];
            }
        }
        return new Clouds(x, y);
    }

    /** The same rows, all of one class before all of the other. */
    Clouds sorted() {
        double[][] sx = new double[x.length][];
        double[][] sy = new double[x.length][];
        int at = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int i = 0; i < x.length; i++) {
                if (y[i][0] == sign) {
                    sx[at] = x[i];
                    sy[at++] = y[i];
                }
            }
        }
        return new Clouds(sx, sy);
    }

    /** Every n-th row from a first one on. */
    static double[][] every(int n, int first, double[][] rows) {
        double[][] some = new double[(rows.length - first + n - 1) / n][];
        for (int i = 0; i < some.length; i++) {
            some[i] = rows[first + i * n];
        }
        return some;
    }

    public DsArray xIn(Workflow wf, int blockRows) {
        return DsArray.of(wf, x, new BlockShape(blockRows, x[0].length));
    }

    public DsArray yIn(Workflow wf, int blockRows) {
        return DsArray.of(wf, y, new BlockShape(blockRows, 1));
    }

    CascadeSvm.Model fit(Workflow wf, CascadeSvmOptions options, int blockRows) {
        return new CascadeSvm(options).fit(xIn(wf, blockRows), yIn(wf, blockRows));
    }
}
