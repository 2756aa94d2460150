package dev.kiln.csvm.solver;

/**
 * The two points that a step moves: the one of lowest F among those that can be raised, and its partner by second-order
 * information (WSS 2 of Fan, Chen and Lin 2005, equations 11 and 12). Both searches are extremes over whole arrays, taken
 * chunk by chunk; the place is looked up afterwards in the one chunk that holds the extreme. An extreme does not depend on
 * the order in which it is taken, and of equal ones the first counts, so the choice is the same on every processor. For
 * one thread.
 */
final class Selection {

    /** Stands for a curvature that is not positive (equal points), as in the paper. */
    private static final float TAU = 1e-12f;

    private static final int CHUNK = 1024;

    private final Sweep sweep;
    private final double[] extremes = new double[2];
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
    private int up;
    private int down;
    private double lowest;
    private double highest;

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
        return lowest;
    }

    /** The highest F of a point that can be lowered. */
    double highest() {
        return highest;
    }

    /** The place of {@link #lowest}. */
    int up() {
        return up;
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
        return f[t] + raise[t] > highest && f[t] + lower[t] < lowest;
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
        begin();
        for (int from = 0; from < n; from += CHUNK) {
            sweep.scan(f, raise, lower, low, from, Math.min(n, from + CHUNK), extremes);
            note(from);
        }
        locate();
    }

    /** {@code F += delta (plus - minus)} and the extremes of the result, in one sweep. */
    void moveAndScan(double delta, float[] plus, float[] minus) {
        begin();
        for (int from = 0; from < n; from += CHUNK) {
            int to = Math.min(n, from + CHUNK);
            sweep.moveAndScan(delta, plus, minus, f, raise, lower, low, from, to, extremes);
            note(from);
        }
        locate();
    }

    private void begin() {
        up = 0;
        down = 0;
        lowest = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
    }

    /** Takes the extremes of a chunk into account. Until {@link #locate}, up and down are the starts of chunks. */
    private void note(int chunk) {
        if (extremes[0] < lowest) {
            lowest = extremes[0];
            up = chunk;
        }
        if (extremes[1] > highest) {
            highest = extremes[1];
            down = chunk;
        }
    }

    private void locate() {
        while (up < n - 1 && f[up] + raise[up] != lowest) {
            up++;
        }
        while (down < n - 1 && f[down] + lower[down] != highest) {
            down++;
        }
    }

    /**
     * The point whose lowering, as {@link #up} is raised, promises the largest decrease of the objective. In floats;
     * should they be too coarse to tell, the point of highest F is the answer, whose gap to {@link #lowest} is known.
     *
     * @param row kernel row of {@link #up}
     */
    int partner(float[] row) {
        float lowestF = (float) lowest;
        float own = diagonal[up];
        float best = 0;
        int chunk = -1;
        for (int from = 0; from < n; from += CHUNK) {
            int to = Math.min(n, from + CHUNK);
            float chunkBest = sweep.gains(row, lowestF, own, TAU, low, diagonal, gain, from, to);
            if (chunkBest > best) {
                best = chunkBest;
                chunk = from;
            }
        }
        if (chunk < 0) {
            return down;
        }
        int t = chunk;
        while (gain[t] != best) {
            t++;
        }
        return f[t] + lower[t] > lowest ? t : down;
    }

    /** The F of the points, of which the first {@link #size} count. */
    double[] f() {
        return f;
    }
}
