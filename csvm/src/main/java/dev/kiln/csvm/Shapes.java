package dev.kiln.csvm;

import dev.kiln.dislib.DsArray;

/** Whether arrays fit together. */
final class Shapes {

    private Shapes() {}

    static void checkLabels(DsArray x, DsArray y) {
        if (y.columns() != 1) {
            throw new IllegalArgumentException("labels are one column; found " + y);
        }
        if (y.rows() != x.rows() || y.blockRows() != x.blockRows() || !sameBlocks(x, y)) {
            throw new IllegalArgumentException(
                    "labels " + y + " do not fit " + x + ": expected as many rows, in blocks of as many rows");
        }
    }

    static void checkColumns(long found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "the model takes rows of " + expected + " columns; found " + found + " columns");
        }
    }

    private static boolean sameBlocks(DsArray x, DsArray y) {
        return x.blockRows() == 1 || x.blockShape().rows() == y.blockShape().rows();
    }
}
