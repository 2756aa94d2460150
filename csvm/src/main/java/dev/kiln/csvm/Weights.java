package dev.kiln.csvm;

import dev.kiln.dislib.Block;
import java.util.Arrays;
import java.util.List;

/**
 * What rows weigh: the price of a row on the wrong side is C times its weight.
 *
 * @param each one a row, 0 or more; empty where all weigh 1, which is the rule and so takes no memory
 */
record Weights(double[] each) {

    /** All rows weigh 1. */
    static final Weights ONE = new Weights(new double[0]);

    /** Those in one column. */
    static Weights of(Block column, long firstRow) {
        double[] each = new double[column.rows()];
        for (int i = 0; i < each.length; i++) {
            each[i] = column.get(i, 0);
            if (!(each[i] >= 0) || Double.isInfinite(each[i])) {
                throw new IllegalArgumentException(
                        "the weight of row " + (firstRow + i) + " is " + each[i] + "; expected a number, 0 or more");
            }
        }
        return new Weights(each);
    }

    double of(int row) {
        return each.length == 0 ? 1 : each[row];
    }

    /** Those of these rows, in this order. */
    Weights select(int[] which) {
        if (each.length == 0) {
            return this;
        }
        double[] chosen = new double[which.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = each[which[i]];
        }
        return new Weights(chosen);
    }

    /**
     * Those of the rows of all parts, one part after the other.
     *
     * @param sizes how many rows each part has
     */
    static Weights concat(List<Weights> parts, int[] sizes) {
        if (parts.stream().allMatch(part -> part.each.length == 0)) {
            return ONE;
        }
        double[] all = new double[Arrays.stream(sizes).sum()];
        int at = 0;
        for (int p = 0; p < sizes.length; p++) {
            for (int i = 0; i < sizes[p]; i++) {
                all[at++] = parts.get(p).of(i);
            }
        }
        return new Weights(all);
    }
}
