package dev.kiln.csvm.internal.linear;

import java.util.stream.IntStream;

/**
 * The multipliers of the rows of one block, as the last visit left them. Stays where the block is.
 *
 * @param alpha one a row
 * @param most the greatest projected gradient that the visit's first pass met: rows at zero above it are left alone
 * @param least the least, likewise for rows at C
 * @param active the rows that the visit did not find idle
 */
record Duals(double[] alpha, double most, double least, int[] active) {

    static Duals zero(int rows) {
        return new Duals(
                new double[rows],
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                IntStream.range(0, rows).toArray());
    }
}
