package dev.kiln.csvm.solver;

/**
 * The dual problem over some points: maximise {@code sum alpha - 1/2 sum_st alpha_s alpha_t y_s y_t k(x_s, x_t)} for
 * {@code 0 <= alpha_t <= C_t} and {@code sum y alpha = 0}.
 *
 * @param points the rows
 * @param labels +1 or -1, one a row
 * @param kernel k
 * @param c C of each row, above 0
 */
public record SvmProblem(Points points, byte[] labels, KernelFunction kernel, double[] c) {

    /** Checks that there is a label for each row. */
    public SvmProblem {
        if (labels.length != points.rows() || c.length != points.rows()) {
            throw new IllegalArgumentException(
                    labels.length + " labels and " + c.length + " values of C for " + points.rows() + " points");
        }
    }

    /** With one C for all rows. */
    public SvmProblem(Points points, byte[] labels, KernelFunction kernel, double c) {
        this(points, labels, kernel, c, c);
    }

    /** With one C for each of the two classes. */
    public SvmProblem(Points points, byte[] labels, KernelFunction kernel, double cPositive, double cNegative) {
        this(points, labels, kernel, ofClasses(labels, cPositive, cNegative));
    }

    private static double[] ofClasses(byte[] labels, double cPositive, double cNegative) {
        double[] c = new double[labels.length];
        for (int t = 0; t < c.length; t++) {
            c[t] = labels[t] > 0 ? cPositive : cNegative;
        }
        return c;
    }
}
