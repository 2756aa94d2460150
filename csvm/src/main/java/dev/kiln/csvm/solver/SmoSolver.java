package dev.kiln.csvm.solver;

import org.jspecify.annotations.Nullable;

/**
 * Solves the dual of the binary C-SVM by sequential minimal optimisation with second-order working-set selection (R.-E.
 * Fan, P.-H. Chen, C.-J. Lin: Working set selection using second order information for training support vector
 * machines, JMLR 6, 2005; their WSS 2).
 *
 * <p>The unknowns are the signed multipliers {@code beta_t = y_t alpha_t}, with {@code 0 <= beta_t <= C} for label +1
 * and {@code -C <= beta_t <= 0} for label -1, and {@code sum beta = 0}. With {@code F_t = sum_s beta_s K_ts - y_t} (the
 * paper's {@code y_t} times the gradient) a step raises one beta and lowers another by the same amount, wherever F is
 * lower at the first. It stops when {@code max F} over those that can be lowered exceeds {@code min F} over those that
 * can be raised by less than the tolerance: libsvm's {@code m(alpha) - M(alpha) < eps}.
 *
 * <p>Deterministic: the same problem gives the same bits. An instance solves one problem, in one thread.
 */
public final class SmoSolver {

    /** Stands for a curvature that is not positive (equal points), as in the paper. */
    private static final double TAU = 1e-12;

    private final int n;
    private final byte[] labels;
    private final double c;
    private final double tolerance;
    private final KernelRows rows;
    private final float[] diagonal;
    private final double[] beta;
    private final double[] f;
    // 0 where the beta can be raised (lowered), else an infinity that keeps the point from being chosen: adding it
    // costs less than a branch that the processor cannot foresee.
    private final double[] raise;
    private final double[] lower;
    private long iterations;
    private int up;
    private double lowest;
    private double highest;

    private SmoSolver(SvmProblem problem, double tolerance, long kernelBytes) {
        this.n = problem.points().rows();
        this.labels = problem.labels();
        this.c = problem.c();
        this.tolerance = tolerance;
        this.rows = new KernelRows(problem.kernel(), problem.points(), kernelBytes);
        this.diagonal = rows.diagonal();
        this.beta = new double[n];
        this.f = new double[n];
        this.raise = new double[n];
        this.lower = new double[n];
    }

    /**
     * Solves the problem.
     *
     * @param start where to begin, or null for zero
     * @param tolerance above 0
     * @param kernelBytes memory for kernel rows
     */
    public static SvmSolution solve(SvmProblem problem, @Nullable SvmStart start, double tolerance, long kernelBytes) {
        SmoSolver solver = new SmoSolver(problem, tolerance, kernelBytes);
        solver.begin(start);
        boolean converged = solver.run();
        return solver.solution(converged);
    }

    private void begin(@Nullable SvmStart start) {
        if (start != null) {
            System.arraycopy(start.beta(), 0, beta, 0, n);
            Feasible.project(beta, labels, c);
        }
        for (int t = 0; t < n; t++) {
            bound(t);
        }
        double[] known = start == null ? null : start.gradientOf(beta);
        if (known == null) {
            refresh();
        } else {
            System.arraycopy(known, 0, f, 0, n);
        }
    }

    private boolean run() {
        long limit = Math.max(10_000_000L, 100L * n);
        boolean exact = iterations == 0;
        while (true) {
            scan();
            if (!(highest - lowest >= tolerance)) {
                if (exact) {
                    return true;
                }
                // The steps' rounding errors have added up: stop only on a gradient computed afresh.
                refresh();
                exact = true;
                continue;
            }
            if (iterations >= limit) {
                return false;
            }
            step();
            iterations++;
            exact = false;
        }
    }

    /** F from its definition. */
    private void refresh() {
        for (int t = 0; t < n; t++) {
            f[t] = -labels[t];
        }
        for (int s = 0; s < n; s++) {
            if (beta[s] != 0) {
                VectorLoops.add(beta[s], rows.row(s), n, f);
            }
        }
    }

    /** Finds the lowest F of those that can be raised, and where; and the highest of those that can be lowered. */
    private void scan() {
        int at = -1;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < n; t++) {
            double v = f[t] + raise[t];
            double w = f[t] + lower[t];
            if (v < min) {
                min = v;
                at = t;
            }
            if (w > max) {
                max = w;
            }
        }
        up = at;
        lowest = min;
        highest = max;
    }

    /** Pairs {@link #up} with the point that promises the largest decrease of the objective, and moves both. */
    private void step() {
        int i = up;
        float[] ki = rows.row(i);
        int j = partner(i, ki);
        float[] kj = rows.row(j);
        double curvature = Math.max((double) diagonal[i] + diagonal[j] - 2.0 * ki[j], TAU);
        double delta = (f[j] - f[i]) / curvature;
        double roomUp = (labels[i] > 0 ? c : 0) - beta[i];
        double roomDown = beta[j] - (labels[j] > 0 ? 0 : -c);
        delta = Math.min(delta, Math.min(roomUp, roomDown));
        // Bounds are set, not reached by adding: a beta within rounding of its bound must count as on it.
        beta[i] = delta == roomUp ? (labels[i] > 0 ? c : 0) : beta[i] + delta;
        beta[j] = delta == roomDown ? (labels[j] > 0 ? 0 : -c) : beta[j] - delta;
        VectorLoops.addDifference(delta, ki, kj, n, f);
        bound(i);
        bound(j);
    }

    private int partner(int i, float[] ki) {
        double fi = f[i];
        double own = diagonal[i];
        int best = -1;
        // The gain is gap^2 / curvature; two are compared by multiplying across, since a division takes longer.
        double bestNumerator = 0;
        double bestDenominator = 1;
        for (int t = 0; t < n; t++) {
            double gap = Math.max(0, f[t] + lower[t] - fi);
            double curvature = Math.max(own + diagonal[t] - 2.0 * ki[t], TAU);
            double numerator = gap * gap;
            if (numerator * bestDenominator > bestNumerator * curvature) {
                bestNumerator = numerator;
                bestDenominator = curvature;
                best = t;
            }
        }
        return best;
    }

    private void bound(int t) {
        double high = labels[t] > 0 ? c : 0;
        double low = labels[t] > 0 ? 0 : -c;
        raise[t] = beta[t] < high ? 0 : Double.POSITIVE_INFINITY;
        lower[t] = beta[t] > low ? 0 : Double.NEGATIVE_INFINITY;
    }

    private SvmSolution solution(boolean converged) {
        double free = 0;
        int count = 0;
        double alphas = 0;
        double quadratic = 0;
        for (int t = 0; t < n; t++) {
            if (raise[t] == 0 && lower[t] == 0) {
                free += f[t];
                count++;
            }
            alphas += Math.abs(beta[t]);
            quadratic += beta[t] * (f[t] + labels[t]);
        }
        return new SvmSolution(
                beta,
                f,
                lowest,
                highest,
                count > 0 ? free / count : middle(),
                alphas - 0.5 * quadratic,
                iterations,
                converged);
    }

    /** The threshold when no beta is strictly between its bounds; a side without points says nothing. */
    private double middle() {
        if (Double.isInfinite(lowest)) {
            return Double.isInfinite(highest) ? 0 : highest;
        }
        return Double.isInfinite(highest) ? lowest : (lowest + highest) / 2;
    }
}
