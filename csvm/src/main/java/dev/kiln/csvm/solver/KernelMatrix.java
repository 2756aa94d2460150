package dev.kiln.csvm.solver;

/**
 * The kernel values of some points among each other, a row at a time. Problems that share points may share what lies
 * behind such matrices. For one thread.
 */
public interface KernelMatrix {

    /** How many points there are. */
    int size();

    /**
     * Writes {@code k(x_i, x_j)} to {@code out[j]} for every j below {@link #size}.
     *
     * @param scratch as long as {@code out}, overwritten
     */
    void row(int i, float[] out, int[] scratch);

    /** {@code k(x_i, x_i)}. */
    float self(int i);

    /** The matrix of these points only, in this order, which must be ascending. */
    KernelMatrix select(int[] which);

    /** Evaluates every row that is asked for. */
    static KernelMatrix of(KernelFunction kernel, Points points) {
        return new Evaluated(kernel, points);
    }

    /**
     * Evaluates every row that is asked for.
     *
     * @param kernel compares points
     * @param points all of them
     */
    record Evaluated(KernelFunction kernel, Points points) implements KernelMatrix {

        @Override
        public int size() {
            return points.rows();
        }

        @Override
        public void row(int i, float[] out, int[] scratch) {
            kernel.row(points.point(i), points, out, scratch);
        }

        @Override
        public float self(int i) {
            return kernel.self(points, i);
        }

        @Override
        public KernelMatrix select(int[] which) {
            return new Evaluated(kernel, points.select(which));
        }
    }
}
