package dev.kiln.csvm.internal.rows;

import dev.kiln.dislib.Block;
import java.util.Arrays;
import java.util.List;

/**
 * On what terms rows enter the problem: what they weigh - the price of a row on the wrong side is C times its weight - and,
 * in regression, their targets.
 *
 * @param weights one a row, 0 or more; empty where all weigh 1, which is the rule and so takes no memory
 * @param targets one a row; empty where rows have labels alone
 */
public record RowTerms(double[] weights, double[] targets) {

    private static final double[] NONE = new double[0];

    /** All rows weigh 1. */
    public static final RowTerms ONE = new RowTerms(NONE, NONE);

    /** Those in one column. */
    public static RowTerms weighing(Block column, long firstRow) {
        double[] weights = new double[column.rows()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = column.get(i, 0);
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException(
                        "the weight of row " + (firstRow + i) + " is " + weights[i] + "; expected a number, 0 or more");
            }
        }
        return new RowTerms(weights, NONE);
    }

    /** The same weights, of rows with the targets in one column. */
    public RowTerms towards(Block column, long firstRow) {
        double[] wanted = new double[column.rows()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = column.get(i, 0);
            if (!Float.isFinite((float) wanted[i])) {
                throw new IllegalArgumentException("the target of row " + (firstRow + i) + " is " + wanted[i]
                        + "; expected a finite number of at most 3.4e38");
            }
        }
        return new RowTerms(weights, wanted);
    }

    public double target(int row) {
        return targets.length == 0 ? 0 : targets[row];
    }

    public double weight(int row) {
        return weights.length == 0 ? 1 : weights[row];
    }

    /** Those of these rows, in this order. */
    public RowTerms select(int[] which) {
        return weights.length + targets.length == 0
                ? this
                : new RowTerms(select(weights, which), select(targets, which));
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
     * @param sizes how many rows weights part has
     */
    public static RowTerms concat(List<RowTerms> parts, int[] sizes) {
        boolean weigh = parts.stream().anyMatch(part -> part.weights.length > 0);
        boolean aim = parts.stream().anyMatch(part -> part.targets.length > 0);
        return new RowTerms(
                weigh ? concat(parts, sizes, RowTerms::weight) : NONE,
                aim ? concat(parts, sizes, RowTerms::target) : NONE);
    }

    private interface Value {
        double of(RowTerms part, int row);
    }

    private static double[] concat(List<RowTerms> parts, int[] sizes, Value value) {
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
