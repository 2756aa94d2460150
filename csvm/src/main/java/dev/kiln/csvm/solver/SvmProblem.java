package dev.kiln.csvm.solver;

/**
 * The dual problem over some points: maximise {@code sum alpha - 1/2 sum_st alpha_s alpha_t y_s y_t k(x_s, x_t)} for
 * {@code 0 <= alpha <= C} and {@code sum y alpha = 0}.
 *
 * @param points the rows
 * @param labels +1 or -1, one a row
 * @param kernel k
 * @param c C, above 0
 */
public record SvmProblem(Points points, byte[] labels, KernelFunction kernel, double c) {

    /** Checks that there is a label for each row. */
    public SvmProblem {
        if (labels.length != points.rows()) {
            throw new IllegalArgumentException(labels.length + " labels for " + points.rows() + " points");
        }
    }
}
