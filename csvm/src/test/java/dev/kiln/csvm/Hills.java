package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import java.util.Random;

/** A smooth surface with noise: rows and the height over each. */
public record Hills(double[][] x, double[][] y) {

    public static Hills of(int rows, int features, double noise, long seed) {
        var random = new Random(seed);
        double[][] x = new double[rows][features];
        double[][] y = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            double height = 0;
            for (int f = 0; f < features; f++) {
                // Floats, so that LIBSVM has the same numbers.
                x[i][f] = (float) random.nextGaussian();
                height += f % 2 == 0 ? Math.sin(2 * x[i][f]) : 0.5 * x[i][f];
            }
            y[i][0] = 3 + height + noise * random.nextGaussian();
        }
        return new Hills(x, y);
    }

    public DsArray xIn(Workflow wf, int blockRows) {
        return DsArray.of(wf, x, new BlockShape(blockRows, x[0].length));
    }

    public DsArray yIn(Workflow wf, int blockRows) {
        return DsArray.of(wf, y, new BlockShape(blockRows, 1));
    }

    Points points() {
        return Points.of(x, x[0].length);
    }

    double[] targets() {
        double[] targets = new double[y.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = y[i][0];
        }
        return targets;
    }
}
