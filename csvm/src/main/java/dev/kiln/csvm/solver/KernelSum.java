package dev.kiln.csvm.solver;

/** Adds kernel rows, weighted, to a sum for each of some points. For one thread. */
public final class KernelSum {

    private final KernelFunction kernel;
    private final Points points;
    private final double[] sums;
    private final float[] row;
    private final int[] scratch;

    /**
     * For these points.
     *
     * @param sums one a point; changed by {@link #add}
     */
    public KernelSum(KernelFunction kernel, Points points, double[] sums) {
        this.kernel = kernel;
        this.points = points;
        this.sums = sums;
        this.row = new float[points.rows()];
        this.scratch = new int[points.rows()];
    }

    /** {@code sums[t] += weight * k(from[s], points[t])} for every t; nothing for weight zero. */
    public void add(double weight, Points from, int s) {
        if (weight != 0) {
            kernel.row(from.point(s), points, row, scratch);
            VectorLoops.add(weight, row, points.rows(), sums);
        }
    }
}
