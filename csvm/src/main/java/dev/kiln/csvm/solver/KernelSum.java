package dev.kiln.csvm.solver;

import java.util.stream.IntStream;

/** Adds kernel rows, weighted, to a sum for each of some points. For one thread. */
public final class KernelSum {

    private static final int BATCH = 16;
    private static final int CHUNK = 1024;

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

    /** As {@link #add} for one point after the other, but quicker where there are many features. */
    public void addAll(double[] weights, Points from) {
        int[] which =
                IntStream.range(0, weights.length).filter(s -> weights[s] != 0).toArray();
        float[][] out = new float[Math.min(BATCH, which.length)][points.rows()];
        for (int first = 0; first < which.length; first += BATCH) {
            int count = Math.min(which.length - first, BATCH);
            float[][] x = new float[count][];
            for (int b = 0; b < count; b++) {
                x[b] = from.point(which[first + b]);
            }
            // Several points for one part of ours, so that this part is read from memory once for all of them.
            for (int lo = 0; lo < points.rows(); lo += CHUNK) {
                int hi = Math.min(points.rows(), lo + CHUNK);
                kernel.rows(x, count, points, lo, hi, out, scratch);
                for (int b = 0; b < count; b++) {
                    VectorLoops.add(weights[which[first + b]], out[b], lo, hi, sums);
                }
            }
        }
    }

    /** {@code sums[t] += weight * k(from[s], points[t])} for every t; nothing for weight zero. */
    public void add(double weight, Points from, int s) {
        if (weight != 0) {
            kernel.row(from.point(s), points, row, scratch);
            VectorLoops.add(weight, row, 0, points.rows(), sums);
        }
    }
}
