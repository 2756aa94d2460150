package dev.kiln.csvm.solver;

import java.util.function.IntPredicate;

/**
 * The two points that a step moves: the one of lowest F among those that can be raised, and its partner by second-order
 * information (WSS 2 of Fan, Chen and Lin 2005, equations 11 and 12). Both are extremes over whole arrays, of equal ones
 * the first, so the choice is the same on every processor. For one thread.
 */
final class Selection {

    /** Stands for a curvature that is not positive (equal points), as in the paper. */
    private static final float TAU = 1e-12f;

    private final Sweep sweep;
    private final Sweep.Extremes extremes = new Sweep.Extremes();
    private int n;
    private final double[] f;
    private final float[] diagonal;
    // What raising (lowering) the point costs beside F, or an infinity that keeps it from being chosen where it cannot
    // be
    // raised (lowered): adding it costs less than a branch that the processor cannot foresee.
    private final double[] raise;
    private final double[] lower;
    // F rounded where a point can be lowered, else negative infinity: a good partner does not need all digits.
    private final float[] low;
    private final float[] gain;

    /** For points with this diagonal of the kernel matrix; none can be moved yet. Keeps the arrays. */
    Selection(Sweep sweep, float[] diagonal, double[] f) {
        this.sweep = sweep;
        this.n = f.length;
        this.diagonal = diagonal;
        this.f = f;
        this.raise = new double[n];
        this.lower = new double[n];
        this.low = new float[n];
        this.gain = new float[n];
    }

    /** How many points there are. */
    int size() {
        return n;
    }

    /**
     * Says what is added to F of point {@code t} when it is raised or lowered; positive or negative infinity where it
     * cannot be. Takes effect with the next scan.
     */
    void allow(int t, double up, double down) {
        raise[t] = up;
        lower[t] = down;
    }

    /** The lowest F of a point that can be raised, as all F here with what {@link #allow} adds. */
    double lowest() {
        return extremes.lowest;
    }

    /** The highest F of a point that can be lowered. */
    double highest() {
        return extremes.highest;
    }

    /** The place of {@link #lowest}. */
    int up() {
        return extremes.up;
    }

    /** Whether the point can be moved both ways at the same cost. */
    boolean free(int t) {
        return raise[t] == lower[t];
    }

    /** What is added to F of a free point. */
    double offset(int t) {
        return raise[t];
    }

    /** Whether the point would be moved neither way as long as the extremes stay near. */
    boolean idle(int t) {
        return f[t] + raise[t] > extremes.highest && f[t] + lower[t] < extremes.lowest;
    }

    /** By how much F is higher at j, to be lowered, than at i, to be raised. */
    double gap(int i, int j) {
        return (f[j] + lower[j]) - (f[i] + raise[i]);
    }

    /** {@code k(i,i) + k(j,j) - 2 k(i,j)}, by the row of i. */
    double curvature(int i, int j, float[] row) {
        return (double) diagonal[i] + diagonal[j] - 2.0 * row[j];
    }

    /** Keeps these points only, in this order, which must be ascending. */
    void keep(int[] which) {
        for (int i = 0; i < which.length; i++) {
            int from = which[i];
            f[i] = f[from];
            diagonal[i] = diagonal[from];
            raise[i] = raise[from];
            lower[i] = lower[from];
        }
        n = which.length;
    }

    /** Finds the extremes of F as it stands. */
    void scan() {
        sweep.scan(f, raise, lower, low, n, extremes);
    }

    /** {@code F += delta (plus - minus)} and the extremes of the result, in one sweep. */
    void moveAndScan(double delta, float[] plus, float[] minus) {
        sweep.moveAndScan(delta, plus, minus, f, raise, lower, low, n, extremes);
    }

    /**
     * The point whose lowering, as {@link #up} is raised, promises the largest decrease of the objective. In floats;
     * should they be too coarse to tell, the point of highest F is the answer, whose gap to {@link #lowest} is known.
     *
     * @param row kernel row of {@link #up}
     */
    int partner(float[] row) {
        int up = extremes.up;
        int t = sweep.best(row, (float) extremes.lowest, diagonal[up], TAU, low, diagonal, gain, n);
        return t >= 0 && f[t] + lower[t] > extremes.lowest ? t : extremes.down;
    }

    /**
     * The points that are most likely to be moved the same way after this one, of those that are not known yet.
     *
     * @param first a point
     * @param up whether it is raised
     * @param known for each point, whether it is out of the question
     * @param into on return {@code first}, then the others, the likeliest first
     * @return how many are in it
     */
    int next(int first, boolean up, IntPredicate known, int[] into) {
        into[0] = first;
        int count = 1;
        double[] keys = new double[into.length];
        keys[0] = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < n; t++) {
            double key = up ? f[t] + raise[t] : -(f[t] + lower[t]);
            boolean better =
                    key < (up ? extremes.highest : -extremes.lowest) && (count < into.length || key < keys[count - 1]);
            if (!better || t == first || known.test(t)) {
                continue;
            }
            count = Math.min(count + 1, into.length);
            int at = count - 1;
            for (; keys[at - 1] > key; at--) {
                keys[at] = keys[at - 1];
                into[at] = into[at - 1];
            }
            keys[at] = key;
            into[at] = t;
        }
        return count;
    }

    /** The F of the points, of which the first {@link #size} count. */
    double[] f() {
        return f;
    }
}
