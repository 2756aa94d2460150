package dev.kiln.csvm;

import dev.kiln.csvm.internal.linear.LinearGoal;
import java.util.Objects;

/**
 * How to train a linear machine. Immutable; {@link #builder()} begins with the defaults.
 *
 * @param c the price of a row on the wrong side of its margin, above 0; default 1
 * @param squared whether the price rises with the square of the distance ({@code max(0, z)^2}, liblinear's L2-loss) rather
 *     than with the distance; default false
 * @param bias what becomes of the threshold; default {@link LinearGoal.Bias#FREE}
 * @param classWeights what the price of a row is multiplied by for its class; default {@link ClassWeights#EQUAL}
 * @param tolerance training ends when the duality gap is below a hundredth of this part of the objective; above 0 and at
 *     most 1, default 1e-3
 * @param maxRounds after this many rounds training stops though it has not converged, 1 or more; default 1000
 * @param lanes how many blocks are visited at once, 1 or more. Each lane costs about as many more rounds as it saves time,
 *     so only many more slots than lanes make it worth while; it changes the result within the tolerance. Default 1
 * @param seed draws the orders of blocks and rows; default 1
 */
public record LinearSvmOptions(
        double c,
        boolean squared,
        LinearGoal.Bias bias,
        ClassWeights classWeights,
        double tolerance,
        int maxRounds,
        int lanes,
        long seed) {

    /** Checks the ranges. */
    public LinearSvmOptions {
        Objects.requireNonNull(bias, "bias");
        Objects.requireNonNull(classWeights, "classWeights");
        positive("c", c);
        positive("tolerance", tolerance);
        if (tolerance > 1) {
            throw new IllegalArgumentException("tolerance " + tolerance + ": expected at most 1");
        }
        atLeastOne("maxRounds", maxRounds);
        atLeastOne("lanes", lanes);
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": expected a number above 0");
        }
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": expected 1 or more");
        }
    }

    /** Collects options; {@link #build} checks them. For one thread. */
    public static final class Builder {
        private double c = 1;
        private boolean squared;
        private LinearGoal.Bias bias = LinearGoal.Bias.FREE;
        private ClassWeights classWeights = ClassWeights.EQUAL;
        private double tolerance = 1e-3;
        private int maxRounds = 1000;
        private int lanes = 1;
        private long seed = 1;

        private Builder() {}

        /** See {@link LinearSvmOptions#c}. */
        public Builder c(double value) {
            c = value;
            return this;
        }

        /** See {@link LinearSvmOptions#squared}. */
        public Builder squared(boolean value) {
            squared = value;
            return this;
        }

        /** See {@link LinearSvmOptions#bias}. */
        public Builder bias(LinearGoal.Bias value) {
            bias = value;
            return this;
        }

        /** See {@link LinearSvmOptions#classWeights}. */
        public Builder classWeights(ClassWeights value) {
            classWeights = value;
            return this;
        }

        /** See {@link LinearSvmOptions#tolerance}. */
        public Builder tolerance(double value) {
            tolerance = value;
            return this;
        }

        /** See {@link LinearSvmOptions#maxRounds}. */
        public Builder maxRounds(int value) {
            maxRounds = value;
            return this;
        }

        /** See {@link LinearSvmOptions#lanes}. */
        public Builder lanes(int value) {
            lanes = value;
            return this;
        }

        /** See {@link LinearSvmOptions#seed}. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException when one is out of its range
         */
        public LinearSvmOptions build() {
            return new LinearSvmOptions(c, squared, bias, classWeights, tolerance, maxRounds, lanes, seed);
        }
    }
}
