package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.KernelMatrix;
import dev.kiln.csvm.solver.SvmProblem;
import org.jspecify.annotations.Nullable;

/**
 * What a machine is trained for: the terms in which the problems differ that the cascade solves. {@code f} is always
 * {@code sum_s beta_s k(x_s, x_t)} less what is wanted of row t.
 */
public sealed interface Aim {

    /**
     * The problem over some rows.
     *
     * @param prices the bound of each multiplier
     * @param beta multipliers to start from; null for the rows of a block, which nothing is known of
     */
    SvmProblem problem(KernelMatrix matrix, byte[] labels, RowTerms terms, double[] prices, double @Nullable [] beta);

    /** What is wanted of row t: f counts from there. */
    double wanted(byte[] labels, RowTerms terms, int t);

    /** The slope of raising a multiplier of zero, infinite where that may not be. */
    double raise(byte label, double f);

    /** The slope of lowering a multiplier of zero, negative infinity where that may not be. */
    double lower(byte label, double f);

    /** The loss of a row by its decision value. */
    double loss(byte label, double target, double decision);

    /** Whether a row is where it should be. */
    boolean isRight(byte label, double target, double decision);

    /** How good a machine is, for people: by the losses over all rows. */
    default double score(Loss all) {
        return all.correct() / (double) all.rows();
    }

    /** What the objective has beyond the norm and the losses, with this threshold and sum of multipliers. */
    default double constant(double rho, double sum) {
        return 0;
    }

    /** Labels of +1 and -1; the loss is {@code max(0, 1 - y decision)}. */
    record Classes() implements Aim {

        @Override
        public SvmProblem problem(
                KernelMatrix matrix, byte[] labels, RowTerms terms, double[] prices, double @Nullable [] beta) {
            return new SvmProblem(matrix, labels, prices);
        }

        @Override
        public double wanted(byte[] labels, RowTerms terms, int t) {
            return labels[t];
        }

        @Override
        public double raise(byte label, double f) {
            return label > 0 ? f : Double.POSITIVE_INFINITY;
        }

        @Override
        public double lower(byte label, double f) {
            return label > 0 ? Double.NEGATIVE_INFINITY : f;
        }

        @Override
        public double loss(byte label, double target, double decision) {
            return Math.max(0, 1 - label * decision);
        }

        @Override
        public boolean isRight(byte label, double target, double decision) {
            return (decision > 0) == (label > 0);
        }
    }

    /**
     * Numbers; the loss is {@code max(0, |target - decision| - epsilon)}. H. Drucker and others: Support vector regression
     * machines, NIPS 1996; A. J. Smola, B. Schoelkopf: A tutorial on support vector regression, Statistics and Computing
     * 14, 2004, equation 10.
     *
     * @param epsilon what costs nothing
     * @param spread the sum of squares of targets less their mean
     */
    record Numbers(double epsilon, double spread) implements Aim {

        @Override
        public SvmProblem problem(
                KernelMatrix matrix, byte[] labels, RowTerms terms, double[] prices, double @Nullable [] beta) {
            return SvmProblem.regression(matrix, terms.targets(), prices, epsilon);
        }

        @Override
        public double wanted(byte[] labels, RowTerms terms, int t) {
            return terms.target(t);
        }

        @Override
        public double raise(byte label, double f) {
            return f + epsilon;
        }

        @Override
        public double lower(byte label, double f) {
            return f - epsilon;
        }

        @Override
        public double loss(byte label, double target, double decision) {
            return Math.max(0, Math.abs(target - decision) - epsilon);
        }

        @Override
        public boolean isRight(byte label, double target, double decision) {
            return Math.abs(target - decision) <= epsilon;
        }

        @Override
        public double score(Loss all) {
            return Fit.share(all.squares(), spread);
        }
    }

    /**
     * Where rows are; the loss is {@code max(0, -decision)}. B. Schoelkopf and others: Estimating the support of a
     * high-dimensional distribution, Neural Computation 13, 2001, equations 3 and 10, in LIBSVM's scale: multipliers of
     * at most 1, which add up to nu times the rows. The part of a block, and of what is joined, is that of its rows, so
     * that multipliers fit when blocks are joined.
     *
     * @param nu the part of rows that may be outside
     */
    record Support(double nu) implements Aim {

        @Override
        public SvmProblem problem(
                KernelMatrix matrix, byte[] labels, RowTerms terms, double[] prices, double @Nullable [] beta) {
            double sum = 0;
            for (double part : beta == null ? prices : beta) {
                sum += part;
            }
            return SvmProblem.oneClass(matrix, prices, beta == null ? nu * sum : sum);
        }

        @Override
        public double wanted(byte[] labels, RowTerms terms, int t) {
            return 0;
        }

        @Override
        public double raise(byte label, double f) {
            return f;
        }

        @Override
        public double lower(byte label, double f) {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double loss(byte label, double target, double decision) {
            return Math.max(0, -decision);
        }

        @Override
        public boolean isRight(byte label, double target, double decision) {
            return decision > 0;
        }

        @Override
        public double constant(double rho, double sum) {
            return -rho * sum;
        }
    }
}
