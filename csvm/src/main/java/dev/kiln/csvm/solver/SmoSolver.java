package dev.kiln.csvm.solver;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Solves an {@link SvmProblem} by sequential minimal optimisation with second-order working-set selection (R.-E. Fan,
 * P.-H. Chen, C.-J. Lin: Working set selection using second order information for training support vector machines, JMLR
 * 6, 2005; their WSS 2).
 *
 * <p>With {@code F_t = sum_s beta_s K_ts + linear_t} (for two classes the paper's {@code y_t} times the gradient) a step
 * raises one beta and lowers another by the same amount, wherever F is lower at the first. It stops when {@code max F}
 * over those that can be lowered exceeds {@code min F} over those that can be raised by less than the tolerance: libsvm's
 * {@code m(alpha) - M(alpha) < eps}. Where there is a width, F counts for more by it above 0 and for less below, and no
 * step goes beyond 0, where the slope changes.
 *
 * <p>Deterministic: the same problem gives the same bits. An instance solves one problem, in one thread.
 */
public final class SmoSolver {

    /** Stands for a curvature that is not positive (equal points), as in the paper. */
    private static final double TAU = 1e-12;

    /** Fewer points than these are not shrunk: a sweep over them costs less than finding out which are idle. */
    private static final int SHRINK_ABOVE = 2000;

    /** Rounding errors of F are let be below this part of the tolerance. */
    private static final double LET_BE = 1e-3;

    /** Steps between two looks for idle points. */
    private static final int SHRINK_EVERY = 1000;

    private final SvmProblem problem;
    private final int n;
    private final double width;
    private final double tolerance;
    private final long kernelBytes;
    private final int shrinkAbove;
    private final int shrinkEvery;
    private final Sweep sweep;
    private final double[] beta;
    // The multipliers that f belongs to.
    private final double[] refreshed;
    // F of all points, exact when the last scan was of all points.
    private final double[] f;
    // The points that are worked on: active[i] is the i-th of them, and index i of rows and selection means this point.
    private int[] active;
    private KernelRows rows;
    private Selection selection;
    private long iterations;
    private long sinceLook;
    // Bounds of any F, and of what rounding has added to any F since it was exact.
    private double reach;
    private double drift;

    private SmoSolver(
            SvmProblem problem, double tolerance, long kernelBytes, int shrinkAbove, int shrinkEvery, Sweep sweep) {
        this.sweep = sweep;
        this.problem = problem;
        this.n = problem.matrix().size();
        this.width = problem.width();
        this.tolerance = tolerance;
        this.kernelBytes = kernelBytes;
        this.shrinkAbove = shrinkAbove;
        this.shrinkEvery = shrinkEvery;
        this.beta = new double[n];
        this.refreshed = new double[n];
        this.f = new double[n];
        this.active = IntStream.range(0, n).toArray();
        this.rows = new KernelRows(problem.matrix(), kernelBytes);
        this.selection = new Selection(sweep, rows.diagonal(), f.clone());
    }

    /**
     * Solves the problem.
     *
     * @param start where to begin, or null for zero, or as near to it as the sum allows
     * @param tolerance above 0
     * @param kernelBytes memory for kernel rows
     * @throws IllegalArgumentException when kernel values or their sums leave the range of floats
     */
    public static SvmSolution solve(SvmProblem problem, @Nullable SvmStart start, double tolerance, long kernelBytes) {
        return solve(problem, start, tolerance, kernelBytes, SHRINK_ABOVE, SHRINK_EVERY, Sweep.forThisJvm());
    }

    /** Solves for two classes with kernel values that come from elsewhere, as {@link SvmProblem} says. */
    public static SvmSolution solve(
            KernelMatrix matrix,
            byte[] labels,
            double[] c,
            @Nullable SvmStart start,
            double tolerance,
            long kernelBytes) {
        return solve(new SvmProblem(matrix, labels, c), start, tolerance, kernelBytes);
    }

    static SvmSolution solve(
            SvmProblem problem,
            @Nullable SvmStart start,
            double tolerance,
            long kernelBytes,
            int shrinkAbove,
            int shrinkEvery,
            Sweep sweep) {
        var solver = new SmoSolver(problem, tolerance, kernelBytes, shrinkAbove, shrinkEvery, sweep);
        solver.begin(start);
        return solver.solution(solver.run());
    }

    private void begin(@Nullable SvmStart start) {
        if (start != null) {
            System.arraycopy(start.beta(), 0, beta, 0, n);
        }
        Feasible.project(beta, problem.low(), problem.high(), problem.sum());
        double[] known = start == null ? null : start.gradientOf(beta);
        if (known == null) {
            System.arraycopy(problem.linear(), 0, f, 0, n);
            refresh();
        } else {
            System.arraycopy(known, 0, f, 0, n);
            System.arraycopy(beta, 0, refreshed, 0, n);
        }
        for (double value : f) {
            reach = Math.max(reach, Math.abs(value));
        }
        load();
    }

    private boolean run() {
        long limit = Math.max(10_000_000L, 100L * n);
        boolean exact = true;
        selection.scan();
        while (true) {
            double violation = selection.highest() - selection.lowest();
            if (!(violation >= tolerance)) {
                if (exact) {
                    return true;
                }
                if (active.length == n && drift <= LET_BE * tolerance) {
                    System.arraycopy(selection.f(), 0, f, 0, n);
                    return true;
                }
                // The steps' rounding errors may have added up, or idle points were not followed: stop only on a
                // gradient of all points brought up to date.
                restore();
                exact = true;
                continue;
            }
            if (iterations >= limit) {
                restore();
                return false;
            }
            if (++sinceLook >= shrinkEvery) {
                sinceLook = 0;
                shrink();
            }
            step();
            iterations++;
            exact = false;
        }
    }

    /**
     * F of all points, by what changed since the last time: each multiplier that did costs one kernel row, however many
     * steps changed it, so rounding errors of steps do not add up.
     */
    private void refresh() {
        int[] changed =
                IntStream.range(0, n).filter(s -> beta[s] != refreshed[s]).toArray();
        boolean all = active.length == n;
        int batch = all ? rows.batch() : problem.matrix().batch();
        float[][] out = new float[all ? 0 : batch][n];
        int[] scratch = new int[all ? 0 : n];
        for (int from = 0; from < changed.length; from += batch) {
            int[] which = Arrays.copyOfRange(changed, from, Math.min(changed.length, from + batch));
            if (all) {
                int[] missing = Arrays.stream(which).filter(s -> !rows.has(s)).toArray();
                rows.fill(missing, missing.length);
            } else {
                problem.matrix().rows(which, which.length, out, scratch);
            }
            for (int b = 0; b < which.length; b++) {
                int s = which[b];
                VectorLoops.add(beta[s] - refreshed[s], all ? rows.row(s) : out[b], 0, n, f);
            }
        }
        System.arraycopy(beta, 0, refreshed, 0, n);
        drift = 0;
    }

    /** A kernel row; where it has to be evaluated, perhaps others with it that will be needed soon. */
    private float[] row(int i, boolean up) {
        int batch = rows.batch();
        if (batch > 1 && !rows.has(i)) {
            int[] which = new int[batch];
            rows.fill(which, selection.next(i, up, rows::has, which));
        }
        return rows.row(i);
    }

    /** Works on all points again, with an exact F. */
    private void restore() {
        refresh();
        if (active.length < n) {
            active = IntStream.range(0, n).toArray();
            rows = new KernelRows(problem.matrix(), kernelBytes);
            selection = new Selection(sweep, rows.diagonal(), new double[n]);
        }
        load();
        selection.scan();
        sinceLook = shrinkEvery; // what is idle is known best now
    }

    /** Tells the selection where all points stand. */
    private void load() {
        System.arraycopy(f, 0, selection.f(), 0, n);
        for (int t = 0; t < n; t++) {
            bound(t);
        }
    }

    /**
     * Leaves points alone that stand at a bound and are not likely to leave it (T. Joachims: Making large-scale SVM
     * learning practical, 1998; the rule is libsvm's). Only when many are, for all that is kept is copied.
     */
    private void shrink() {
        int m = active.length;
        if (m <= shrinkAbove) {
            return;
        }
        int[] which = new int[m];
        int count = 0;
        for (int i = 0; i < m; i++) {
            if (!selection.idle(i)) {
                which[count++] = i;
            }
        }
        if (count > m - m / 4) {
            return;
        }
        which = Arrays.copyOf(which, count);
        rows.keep(which);
        selection.keep(which);
        for (int i = 0; i < count; i++) {
            which[i] = active[which[i]];
        }
        active = which;
        selection.scan();
    }

    /** Moves the pair that the selection chooses as far as the objective grows. */
    private void step() {
        int i = selection.up();
        float[] ki = row(i, true);
        int j = selection.partner(ki);
        float[] kj = row(j, false);
        double curvature = Math.max(selection.curvature(i, j, ki), TAU);
        double delta = selection.gap(i, j) / curvature;
        int s = active[i];
        int t = active[j];
        double ceiling = beta[s] < 0 && width > 0 ? 0 : problem.high()[s];
        double floor = beta[t] > 0 && width > 0 ? 0 : problem.low()[t];
        double roomUp = ceiling - beta[s];
        double roomDown = beta[t] - floor;
        delta = Math.min(delta, Math.min(roomUp, roomDown));
        if (!Double.isFinite(delta) || Double.isInfinite(curvature)) {
            throw outOfRange();
        }
        // Bounds are set, not reached by adding: a beta within rounding of its bound must count as on it.
        beta[s] = delta == roomUp ? ceiling : beta[s] + delta;
        beta[t] = delta == roomDown ? floor : beta[t] - delta;
        bound(i);
        bound(j);
        selection.moveAndScan(delta, ki, kj);
        // Each F changed by delta times the difference of two kernel values; that product and the sum were rounded.
        double most = 2 * delta * problem.matrix().bound();
        reach += most;
        drift += Math.ulp(1.0) * (reach + most);
    }

    private void bound(int i) {
        double b = beta[active[i]];
        double up = b < problem.high()[active[i]] ? (b < 0 ? -width : width) : Double.POSITIVE_INFINITY;
        double down = b > problem.low()[active[i]] ? (b > 0 ? width : -width) : Double.NEGATIVE_INFINITY;
        selection.allow(i, up, down);
    }

    private static IllegalArgumentException outOfRange() {
        return new IllegalArgumentException(
                "kernel values leave the range of floats; expected features of moderate size: standardise them");
    }

    private SvmSolution solution(boolean converged) {
        double free = 0;
        int count = 0;
        double plain = 0;
        double quadratic = 0;
        for (int t = 0; t < n; t++) {
            if (selection.free(t)) {
                free += f[t] + selection.offset(t);
                count++;
            }
            plain -= problem.linear()[t] * beta[t] + width * Math.abs(beta[t]);
            quadratic += beta[t] * (f[t] - problem.linear()[t]);
        }
        if (!Double.isFinite(quadratic)) {
            throw outOfRange();
        }
        return new SvmSolution(
                beta,
                f,
                selection.lowest(),
                selection.highest(),
                count > 0 ? free / count : middle(),
                plain - 0.5 * quadratic,
                iterations,
                converged);
    }

    /** The threshold when no beta is strictly between its bounds; a side without points says nothing. */
    private double middle() {
        double lowest = selection.lowest();
        double highest = selection.highest();
        if (Double.isInfinite(lowest)) {
            return Double.isInfinite(highest) ? 0 : highest;
        }
        return Double.isInfinite(highest) ? lowest : (lowest + highest) / 2;
    }
}
