package dev.kiln.csvm;

/** What an SVM compares two rows by. */
public enum Kernel {
    /** {@code exp(-gamma |x - y|^2)}. */
    RBF,
    /** The dot product; gamma has no say. */
    LINEAR,
    /** {@code (gamma x.y + coef0)^degree}. */
    POLYNOMIAL,
    /**
     * {@code tanh(gamma x.y + coef0)}. It is not positive definite: training finds a stationary point, which need not be
     * the optimum, and may make all rounds; the duality gap says nothing.
     */
    SIGMOID,
    /** One that the program gives, see {@link CascadeSvmOptions.Builder#kernel(dev.kiln.csvm.solver.RowKernel)}. */
    CUSTOM;

    /** Whether gamma is a part of it. */
    public boolean hasGamma() {
        return this == RBF || hasCoef0();
    }

    /** Whether coef0 is a part of it. */
    public boolean hasCoef0() {
        return this == POLYNOMIAL || this == SIGMOID;
    }
}
