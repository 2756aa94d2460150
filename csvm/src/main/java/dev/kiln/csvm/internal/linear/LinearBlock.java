package dev.kiln.csvm.internal.linear;

import dev.kiln.csvm.internal.rows.Signs;
import dev.kiln.dislib.Block;

/**
 * The rows of one block. Made and kept where the block is.
 *
 * @param rows their features
 * @param labels +1 or -1
 * @param squaredNorms {@code |x_i|^2}
 */
record LinearBlock(Rows rows, byte[] labels, double[] squaredNorms) {

    static LinearBlock of(Block x, Block y, long firstRow) {
        byte[] labels = Signs.of(y, firstRow);
        Rows rows = Rows.of(x, firstRow);
        double[] squaredNorms = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            squaredNorms[i] = rows.squaredNorm(i);
        }
        return new LinearBlock(rows, labels, squaredNorms);
    }

    int count() {
        return labels.length;
    }

    /** What is counted before training. */
    Census census() {
        long positives = 0;
        double norms = 0;
        for (int i = 0; i < labels.length; i++) {
            positives += labels[i] > 0 ? 1 : 0;
            norms += squaredNorms[i];
        }
        return new Census(labels.length - positives, positives, norms);
    }

    /**
     * A count of some rows.
     *
     * @param negatives those of label -1
     * @param positives those of label +1
     * @param squaredNorms the sum of {@code |x_i|^2}
     */
    record Census(long negatives, long positives, double squaredNorms) {

        static final Census NOTHING = new Census(0, 0, 0);

        Census and(Census other) {
            return new Census(
                    negatives + other.negatives, positives + other.positives, squaredNorms + other.squaredNorms);
        }
    }
}
