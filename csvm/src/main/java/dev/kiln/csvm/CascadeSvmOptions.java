package dev.kiln.csvm;

import dev.kiln.csvm.solver.KernelFunction;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How to train. Immutable; {@link #builder()} begins with the defaults.
 *
 * @param kernel what rows are compared by; default {@link Kernel#RBF}
 * @param c the price of a row on the wrong side of its margin, above 0; default 1
 * @param gamma of the rbf kernel, above 0; empty, the default, for 1 / number of features
 * @param classWeights what the price of a row is multiplied by for its class; default {@link ClassWeights#EQUAL}
 * @param tolerance by how much the optimality conditions may be broken at the end, above 0 and at most 1 (libsvm's eps); default 1e-3
 * @param arity how many nodes of the cascade's tree are joined into one, 2 or more; default 2
 * @param maxRounds after this many rounds training stops though it has not converged, 1 or more; default 100
 * @param feedback what goes back to the blocks after the first pass; default {@link Feedback#VIOLATORS}
 * @param check whether the blocks are looked through after each pass of the classic feedback, to stop when the optimum
 *     is reached; without it exactly {@code maxRounds} passes are made. Default true
 * @param kernelBytes memory that one solving task may use for rows of the kernel matrix; default 256 MB. It changes the
 *     speed and nothing else
 * @param seed draws the rows that stand for a block of one class in the first pass; default 1
 */
public record CascadeSvmOptions(
        Kernel kernel,
        double c,
        OptionalDouble gamma,
        ClassWeights classWeights,
        double tolerance,
        int arity,
        int maxRounds,
        Feedback feedback,
        boolean check,
        long kernelBytes,
        long seed) {

    /** Checks the ranges. */
    public CascadeSvmOptions {
        Objects.requireNonNull(kernel, "kernel");
        positive("c", c);
        if (gamma.isPresent()) {
            positive("gamma", gamma.getAsDouble());
        }
        Objects.requireNonNull(classWeights, "classWeights");
        positive("tolerance", tolerance);
        if (tolerance > 1) {
            throw new IllegalArgumentException("tolerance " + tolerance + ": expected at most 1");
        }
        atLeast("arity", 2, arity);
        atLeast("maxRounds", 1, maxRounds);
        atLeast("kernelBytes", 0, kernelBytes);
        Objects.requireNonNull(feedback, "feedback");
        if (!check && feedback != Feedback.CLASSIC) {
            throw new IllegalArgumentException("check false: expected with feedback CLASSIC only");
        }
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins with these options. */
    public Builder toBuilder() {
        Builder b = new Builder()
                .kernel(kernel)
                .c(c)
                .classWeights(classWeights)
                .tolerance(tolerance)
                .arity(arity)
                .maxRounds(maxRounds)
                .feedback(feedback)
                .check(check)
                .kernelBytes(kernelBytes)
                .seed(seed);
        gamma.ifPresent(b::gamma);
        return b;
    }

    /** Gamma as it is used on rows of so many features. */
    double gammaFor(long features) {
        return gamma.orElse(1.0 / features);
    }

    KernelFunction function(long features) {
        return switch (kernel) {
            case RBF -> new KernelFunction.Rbf(gammaFor(features));
            case LINEAR -> new KernelFunction.Linear();
        };
    }

    private static void positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " " + value + ": expected a number above 0");
        }
    }

    private static void atLeast(String name, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ": expected " + least + " or more");
        }
    }

    /** Collects options; {@link #build} checks them. For one thread. */
    public static final class Builder {
        private Kernel kernel = Kernel.RBF;
        private double c = 1;
        private OptionalDouble gamma = OptionalDouble.empty();
        private ClassWeights classWeights = ClassWeights.EQUAL;
        private double tolerance = 1e-3;
        private int arity = 2;
        private int maxRounds = 100;
        private Feedback feedback = Feedback.VIOLATORS;
        private boolean check = true;
        private long kernelBytes = 256L << 20;
        private long seed = 1;

        private Builder() {}

        /** See {@link CascadeSvmOptions#kernel}. */
        public Builder kernel(Kernel value) {
            kernel = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#c}. */
        public Builder c(double value) {
            c = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#gamma}. */
        public Builder gamma(double value) {
            gamma = OptionalDouble.of(value);
            return this;
        }

        /** See {@link CascadeSvmOptions#classWeights}. */
        public Builder classWeights(ClassWeights value) {
            classWeights = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#tolerance}. */
        public Builder tolerance(double value) {
            tolerance = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#arity}. */
        public Builder arity(int value) {
            arity = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#maxRounds}. */
        public Builder maxRounds(int value) {
            maxRounds = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#feedback}. */
        public Builder feedback(Feedback value) {
            feedback = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#check}. */
        public Builder check(boolean value) {
            check = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#kernelBytes}. */
        public Builder kernelBytes(long value) {
            kernelBytes = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#seed}. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException when one is out of its range
         */
        public CascadeSvmOptions build() {
            return new CascadeSvmOptions(
                    kernel, c, gamma, classWeights, tolerance, arity, maxRounds, feedback, check, kernelBytes, seed);
        }
    }
}
