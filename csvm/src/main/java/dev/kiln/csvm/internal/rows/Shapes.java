package dev.kiln.csvm.internal.rows;

import dev.kiln.dislib.DsArray;

/** Whether arrays fit together. */
public final class Shapes {

    private Shapes() {}

    public static void checkLabels(DsArray x, DsArray y) {
        if (y.columns() != 1) {
            throw new IllegalArgumentException("labels are one column; found " + y);
        }
        checkRows("labels", x, y);
    }

    public static void checkTargets(DsArray x, DsArray y) {
        if (y.columns() != 1) {
            throw new IllegalArgumentException("targets are one column; found " + y);
        }
        checkRows("targets", x, y);
    }

    public static void checkWeights(DsArray x, DsArray w) {
        if (w.columns() != 1) {
            throw new IllegalArgumentException("weights are one column; found " + w);
        }
        checkRows("weights", x, w);
    }

    private static void checkRows(String what, DsArray x, DsArray column) {
        if (column.rows() != x.rows() || column.blockRows() != x.blockRows() || !sameBlocks(x, column)) {
            throw new IllegalArgumentException(
                    what + " " + column + " do not fit " + x + ": expected as many rows, in blocks of as many rows");
        }
    }

    public static void checkColumns(long found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "the model takes rows of " + expected + " columns; found " + found + " columns");
        }
    }

    private static boolean sameBlocks(DsArray x, DsArray y) {
        return x.blockRows() == 1 || x.blockShape().rows() == y.blockShape().rows();
    }
}
