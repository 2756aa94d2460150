package dev.kiln.csvm;

import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;

/**
 * Rows made of sines, which any language computes alike: the objectives that other programs found for them are in tests.
 * Row i has the label +1 where i is a multiple of 3, and {@code sin(0.7 i (f + 1) + f) + 0.3 y} in column f of three.
 */
record Waves(double[][] x, double[][] y, double[][] weights) {

    static final int ROWS = 300;

    /** All of them; row i weighs {@code 0.5 + 0.5 (i mod 5)}. */
    static Waves make() {
        double[][] x = new double[ROWS][3];
        double[][] y = new double[ROWS][1];
        double[][] weights = new double[ROWS][1];
        for (int i = 0; i < ROWS; i++) {
            y[i][0] = i % 3 == 0 ? 1 : -1;
            weights[i][0] = 0.5 + 0.5 * (i % 5);
            for (int f = 0; f < 3; f++) {
                x[i][f] = Math.sin(0.7 * i * (f + 1) + f) + 0.3 * y[i][0];
            }
        }
        return new Waves(x, y, weights);
    }

    CascadeSvm.Model fit(Workflow wf, CascadeSvmOptions options, boolean weighted, int blockRows) {
        return new CascadeSvm(options)
                .fit(
                        column(wf, x, blockRows),
                        column(wf, y, blockRows),
                        weighted ? column(wf, weights, blockRows) : null,
                        round -> {});
    }

    static DsArray column(Workflow wf, double[][] rows, int blockRows) {
        return DsArray.of(wf, rows, new BlockShape(blockRows, rows[0].length));
    }
}
