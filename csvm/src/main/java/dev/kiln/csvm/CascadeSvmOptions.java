package dev.kiln.csvm;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.RowKernel;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How to train. Immutable; {@link #builder()} begins with the defaults.
 *
 * @param kernel what rows are compared by; default {@link Kernel#RBF}
 * @param c the price of a row on the wrong side of its margin, above 0; default 1
 * @param gamma of the kernels rbf, polynomial and sigmoid, above 0; empty, the default, for 1 / number of features
 * @param degree of the polynomial kernel, 1 or more; default 3
 * @param coef0 of the polynomial and the sigmoid kernel; default 0
 * @param rowKernel the kernel of the program's own, with {@link Kernel#CUSTOM}; null with any other
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
        int degree,
        double coef0,
        @Nullable RowKernel rowKernel,
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
        atLeast("degree", 1, degree);
        if (!Double.isFinite(coef0)) {
            throw new IllegalArgumentException("coef0 " + coef0 + ": expected a finite number");
        }
        if ((kernel == Kernel.CUSTOM) != (rowKernel != null)) {
            throw new IllegalArgumentException(
                    kernel == Kernel.CUSTOM
                            ? "kernel CUSTOM: expected the kernel itself, given as kernel((x, y) -> ...)"
                            : "kernel " + kernel + ": expected no kernel of the program's own beside it");
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
                .c(c)
                .degree(degree)
                .coef0(coef0)
                .classWeights(classWeights)
                .tolerance(tolerance)
                .arity(arity)
                .maxRounds(maxRounds)
                .feedback(feedback)
                .check(check)
                .kernelBytes(kernelBytes)
                .seed(seed);
        b.kernel = kernel;
        b.rowKernel = rowKernel;
        gamma.ifPresent(b::gamma);
        return b;
    }

    /** Gamma as it is used on rows of so many features. */
    public double gammaFor(long features) {
        return gamma.orElse(1.0 / features);
    }

    /** The kernel on rows of so many features. */
    public KernelFunction function(long features) {
        return switch (kernel) {
            case RBF -> new KernelFunction.Rbf(gammaFor(features));
            case LINEAR -> new KernelFunction.Linear();
            case POLYNOMIAL -> new KernelFunction.Polynomial(gammaFor(features), coef0, degree);
            case SIGMOID -> new KernelFunction.Sigmoid(gammaFor(features), coef0);
            case CUSTOM -> new KernelFunction.Custom(Objects.requireNonNull(rowKernel));
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
        private int degree = 3;
        private double coef0 = 0;
        private @Nullable RowKernel rowKernel;
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
            rowKernel = null;
            return this;
        }

        /**
         * A kernel of the program's own, such as {@code (x, y) -> similarity(x, y)}. It travels to the nodes, and to
         * other JVMs with the program's classes; a model file does not hold it: load such a model with
         * {@link CascadeSvm.Model#load(java.nio.file.Path, RowKernel)}.
         */
        public Builder kernel(RowKernel value) {
            kernel = Kernel.CUSTOM;
            rowKernel = value;
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

        /** See {@link CascadeSvmOptions#degree}. */
        public Builder degree(int value) {
            degree = value;
            return this;
        }

        /** See {@link CascadeSvmOptions#coef0}. */
        public Builder coef0(double value) {
            coef0 = value;
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
                    kernel,
                    c,
                    gamma,
                    degree,
                    coef0,
                    rowKernel,
                    classWeights,
                    tolerance,
                    arity,
                    maxRounds,
                    feedback,
                    check,
                    kernelBytes,
                    seed);
        }
    }
}
