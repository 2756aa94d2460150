package dev.kiln.csvm.internal.linear;

/**
 * What is minimised: {@code 1/2 |w|^2 + sum C_i loss(1 - y_i (w x_i + b))}, by all tasks of a training.
 *
 * @param cPositive C of rows of label +1, above 0
 * @param cNegative C of rows of label -1, above 0
 * @param squared whether the loss is {@code max(0, z)^2}, rather than {@code max(0, z)}
 * @param bias what becomes of b
 */
public record LinearGoal(double cPositive, double cNegative, boolean squared, Bias bias) {

    /** C of rows of this label. */
    double c(byte label) {
        return label > 0 ? cPositive : cNegative;
    }

    /** The threshold of a linear machine. */
    public enum Bias {
        /** It costs nothing, as in libsvm: the machine is the one that {@code CascadeSvm} finds. */
        FREE,
        /** It is the weight of one more feature, which is 1 in every row, as by liblinear's {@code -B 1}. */
        PENALISED,
        /** There is none, as by liblinear's {@code -B -1}. */
        NONE
    }
}
