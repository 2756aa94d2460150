package dev.kiln.csvm;

import dev.kiln.dislib.Block;
import java.util.Arrays;
import java.util.List;

/**
 * What rows weigh: the price of a row on the wrong side is C times its weight. In regression, their targets too, which
 * go wherever the weights go.
 *
 * @param each one a row, 0 or more; empty where all weigh 1, which is the rule and so takes no memory
 * @param targets one a row; empty where rows have labels alone
 */
record Weights(double[] each, double[] targets) {

    private static final double[] NONE = new double[0];

    /** All rows weigh 1. */
    static final Weights ONE = new Weights(NONE, NONE);

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
        return new Weights(each, NONE);
    }

    /** The same weights, of rows with the targets in one column. */
    Weights towards(Block column, long firstRow) {
        double[] wanted = new double[column.rows()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = column.get(i, 0);
            if (!Float.isFinite((float) wanted[i])) {
                throw new IllegalArgumentException("the target of row " + (firstRow + i) + " is " + wanted[i]
                        + "; expected a finite number of at most 3.4e38");
            }
        }
        return new Weights(each, wanted);
    }

    double target(int row) {
        return targets.length == 0 ? 0 : targets[row];
    }

    double of(int row) {
        return each.length == 0 ? 1 : each[row];
    }

    /** Those of these rows, in this order. */
    Weights select(int[] which) {
        return each.length + targets.length == 0 ? this : new Weights(select(each, which), select(targets, which));
    }

    private static double[] select(double[] values, int[] which) {
        if (values.length == 0) {
            return values;
        }
        double[] chosen = new double[which.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = values[which[i]];
        }
        return chosen;
    }

    /**
     * Those of the rows of all parts, one part after the other.
     *
     * @param sizes how many rows each part has
     */
    static Weights concat(List<Weights> parts, int[] sizes) {
        boolean weigh = parts.stream().anyMatch(part -> part.each.length > 0);
        boolean aim = parts.stream().anyMatch(part -> part.targets.length > 0);
        return new Weights(
                weigh ? concat(parts, sizes, Weights::of) : NONE, aim ? concat(parts, sizes, Weights::target) : NONE);
    }

    private interface Value {
        double of(Weights part, int row);
    }

    private static double[] concat(List<Weights> parts, int[] sizes, Value value) {
        double[] all = new double[Arrays.stream(sizes).sum()];
        int at = 0;
        for (int p = 0; p < sizes.length; p++) {
            for (int i = 0; i < sizes[p]; i++) {
                all[at++] = value.of(parts.get(p), i);
            }
        }
        return all;
    }
}
