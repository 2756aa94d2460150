package dev.kiln.csvm.solver;

/** Evaluates a kernel row once and adds it, weighted, to several sums. For one thread. */
public final class SharedKernelSum {

    private final KernelFunction kernel;
    private final Points points;
    private final float[] row;
    private final int[] scratch;

    /** For these points. */
    public SharedKernelSum(KernelFunction kernel, Points points) {
        this.kernel = kernel;
        this.points = points;
        this.row = new float[points.rows()];
        this.scratch = new int[points.rows()];
    }

    /** Evaluates {@code k(from[s], points[t])} for every t, for {@link #add}. */
    public void evaluate(Points from, int s) {
        kernel.row(from.point(s), points, row, scratch);
    }

    /** {@code sums[at + i] += weight * k(from[s], points[first + i])} for so many i; nothing for weight zero. */
    public void add(double weight, int first, int count, double[] sums, int at) {
        if (weight != 0) {
            VectorLoops.add(weight, row, first, count, sums, at);
        }
    }

    /** {@code sums[t] += weight * k(from[s], points[t])} for every t. */
    public void add(double weight, double[] sums) {
        VectorLoops.add(weight, row, 0, points.rows(), sums);
    }
}
