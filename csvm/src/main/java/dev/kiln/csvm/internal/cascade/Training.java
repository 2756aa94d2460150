package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.internal.rows.SideWeights;
import dev.kiln.csvm.solver.KernelFunction;

/**
 * What every task of one training is told.
 *
 * @param kernel compares rows
 * @param c the price of a row on the wrong side
 * @param sides what the two classes weigh
 * @param tolerance to end with
 * @param kernelBytes memory for kernel rows, for one task
 * @param seed for rows drawn
 * @param blocks how many blocks the rows are in
 * @param aim what the machine is for
 */
public record Training(
        KernelFunction kernel,
        double c,
        SideWeights sides,
        double tolerance,
        long kernelBytes,
        long seed,
        int blocks,
        Aim aim) {

    /** For two classes. */
    public Training(
            KernelFunction kernel,
            double c,
            SideWeights sides,
            double tolerance,
            long kernelBytes,
            long seed,
            int blocks) {
        this(kernel, c, sides, tolerance, kernelBytes, seed, blocks, new Aim.Classes());
    }

    /** With classes of equal weight. */
    public Training(KernelFunction kernel, double c, double tolerance, long kernelBytes, long seed, int blocks) {
        this(kernel, c, SideWeights.EQUAL, tolerance, kernelBytes, seed, blocks);
    }

    /** The price of each row. */
    double[] prices(byte[] labels, RowTerms terms) {
        double[] prices = new double[labels.length];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = c * sides.of(labels[i]) * terms.weight(i);
        }
        return prices;
    }
}
