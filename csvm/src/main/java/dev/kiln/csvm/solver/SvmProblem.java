package dev.kiln.csvm.solver;

/**
 * A dual problem over some points: minimise {@code 1/2 sum_st beta_s beta_t k_st + sum linear_t beta_t + width sum
 * |beta_t|} for {@code low_t <= beta_t <= high_t} and {@code sum beta = sum}. Its three uses are the machines of LIBSVM
 * (C.-C. Chang and C.-J. Lin, LIBSVM: A library for support vector machines, 2011, section 2), in signed multipliers:
 *
 * <ul>
 *   <li>two classes: {@code beta = y alpha}, {@code linear = -y}, bounds 0 and {@code y C}, no width, sum 0;
 *   <li>{@link #regression}: {@code beta = alpha - alpha*}, {@code linear = -target}, bounds {@code -C} and {@code C},
 *       width epsilon, sum 0; one unknown a row, though the paper has two, of which one is always 0;
 *   <li>{@link #oneClass}: {@code beta = alpha}, linear 0, bounds 0 and C, no width, the sum above 0.
 * </ul>
 *
 * @param matrix k
 * @param linear one a row
 * @param low at most 0, one a row
 * @param high at least 0, one a row
 * @param width at least 0
 * @param sum what the multipliers add up to
 */
public record SvmProblem(KernelMatrix matrix, double[] linear, double[] low, double[] high, double width, double sum) {

    /** Checks that there is one of each for each row, and that the multipliers can add up to the sum. */
    public SvmProblem {
        int n = matrix.size();
        if (linear.length != n || low.length != n || high.length != n) {
            throw new IllegalArgumentException("%d, %d and %d coefficients and bounds for %d points"
                    .formatted(linear.length, low.length, high.length, n));
        }
        double least = 0;
        double most = 0;
        for (int t = 0; t < n; t++) {
            if (!(low[t] <= 0 && high[t] >= 0)) {
                throw new IllegalArgumentException(
                        "bounds " + low[t] + " and " + high[t] + " of row " + t + "; expected 0 between them");
            }
            least += low[t];
            most += high[t];
        }
        if (!(width >= 0) || !(sum >= least * (1 + 1e-12) && sum <= most * (1 + 1e-12))) {
            throw new IllegalArgumentException(
                    "width %s, sum %s; expected at least 0, and between %s and %s, which the bounds allow"
                            .formatted(width, sum, least, most));
        }
    }

    /** Two classes, labelled +1 and -1, with one C for each row. */
    public SvmProblem(Points points, byte[] labels, KernelFunction kernel, double[] c) {
        this(KernelMatrix.of(kernel, points), labels, c);
    }

    /** Two classes, labelled +1 and -1, with one C for each row. */
    public SvmProblem(KernelMatrix matrix, byte[] labels, double[] c) {
        this(matrix, towards(labels), below(labels, c), above(labels, c), 0, 0);
    }

    /** Two classes, labelled +1 and -1, with one C for all rows. */
    public SvmProblem(Points points, byte[] labels, KernelFunction kernel, double c) {
        this(points, labels, kernel, c, c);
    }

    /** Two classes, labelled +1 and -1, with one C for each of them. */
    public SvmProblem(Points points, byte[] labels, KernelFunction kernel, double cPositive, double cNegative) {
        this(points, labels, kernel, ofClasses(labels, cPositive, cNegative));
    }

    /**
     * Epsilon-regression: the decision value of a row is the prediction, which costs nothing while it is within epsilon
     * of the target.
     *
     * @param targets one a row
     * @param c the price of a unit beyond, one a row, above 0
     * @param epsilon at least 0
     */
    public static SvmProblem regression(KernelMatrix matrix, double[] targets, double[] c, double epsilon) {
        return new SvmProblem(matrix, negated(targets), negated(c), c, epsilon, 0);
    }

    /**
     * One class: rows whose decision value is below 0 are outliers. With bounds of 1 and a sum of {@code nu} times the
     * number of rows it is LIBSVM's, and at most that part of the rows becomes outliers.
     *
     * @param c the bound of each multiplier, above 0
     * @param sum above 0, at most that of all bounds
     */
    public static SvmProblem oneClass(KernelMatrix matrix, double[] c, double sum) {
        return new SvmProblem(matrix, new double[c.length], new double[c.length], c, 0, sum);
    }

    private static double[] towards(byte[] labels) {
        double[] linear = new double[labels.length];
        for (int t = 0; t < linear.length; t++) {
            linear[t] = -labels[t];
        }
        return linear;
    }

    private static double[] negated(double[] values) {
        double[] negated = new double[values.length];
        for (int t = 0; t < negated.length; t++) {
            negated[t] = -values[t];
        }
        return negated;
    }

    private static double[] below(byte[] labels, double[] c) {
        double[] low = new double[c.length];
        for (int t = 0; t < Math.min(c.length, labels.length); t++) {
            low[t] = labels[t] > 0 ? 0 : -c[t];
        }
        return low;
    }

    private static double[] above(byte[] labels, double[] c) {
        double[] high = new double[c.length];
        for (int t = 0; t < Math.min(c.length, labels.length); t++) {
            high[t] = labels[t] > 0 ? c[t] : 0;
        }
        return high;
    }

    private static double[] ofClasses(byte[] labels, double cPositive, double cNegative) {
        double[] c = new double[labels.length];
        for (int t = 0; t < c.length; t++) {
            c[t] = labels[t] > 0 ? cPositive : cNegative;
        }
        return c;
    }
}
