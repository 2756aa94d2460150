package dev.kiln.csvm;

/** What an SVM compares two rows by. */
public enum Kernel {
    /** {@code exp(-gamma |x - y|^2)}. */
    RBF,
    /** The dot product; gamma has no say. */
    LINEAR
}
