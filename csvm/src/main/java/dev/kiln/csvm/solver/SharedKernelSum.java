package dev.kiln.csvm.solver;

/** Evaluates kernel rows, several at once, and adds each, weighted, to several sums. For one thread. */
public final class SharedKernelSum {

    /** How many rows may be evaluated at once. */
    public static final int MOST = 16;

    private final KernelFunction kernel;
    private final Points points;
    private float[][] rows = new float[0][];
    private final int[] scratch;

    /** For these points. */
    public SharedKernelSum(KernelFunction kernel, Points points) {
        this.kernel = kernel;
        this.points = points;
        this.scratch = new int[points.rows()];
    }

    /**
     * Evaluates {@code k(from[which[b]], points[t])} for each b below count and every t, for {@link #add}.
     *
     * @param count at most {@link #MOST}
     */
    public void evaluate(Points from, int[] which, int count) {
        if (rows.length < count) {
            rows = new float[count][points.rows()];
        }
        float[][] x = new float[count][];
        for (int b = 0; b < count; b++) {
            x[b] = from.point(which[b]);
        }
        kernel.rows(x, count, points, 0, points.rows(), rows, scratch);
    }

    /** {@code sums[at + i] += weight * k(from[which[b]], points[first + i])} for so many i; nothing for weight zero. */
    public void add(int b, double weight, int first, int count, double[] sums, int at) {
        if (weight != 0) {
            VectorLoops.add(weight, rows[b], first, count, sums, at);
        }
    }

    /** {@code sums[t] += weight * k(from[which[b]], points[t])} for every t. */
    public void add(int b, double weight, double[] sums) {
        VectorLoops.add(weight, rows[b], 0, points.rows(), sums);
    }
}
