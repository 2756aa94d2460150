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

    /**
     * Writes several rows, as if each were asked for alone.
     *
     * @param which the rows, of which the first count
     * @param out one array for each
     */
    default void rows(int[] which, int count, float[][] out, int[] scratch) {
        for (int b = 0; b < count; b++) {
            row(which[b], out[b], scratch);
        }
    }

    /** How many rows are best asked for at once: 1 where it makes no difference. */
    default int batch() {
        return 1;
    }

    /** {@code k(x_i, x_i)}. */
    float self(int i);

    /** No value is further from zero than this; infinite where nothing is known. */
    default double bound() {
        return Double.POSITIVE_INFINITY;
    }

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

        /** Values that a processor's caches hold; more are read from memory again for every row. */
        private static final int IN_CACHE = 1 << 20;

        private static final int BATCH = 8;

        /** Points that several rows are evaluated with before the next ones are. */
        private static final int BATCH_CHUNK = 1024;

        @Override
        public int size() {
            return points.rows();
        }

        @Override
        public void row(int i, float[] out, int[] scratch) {
            kernel.row(points.point(i), points, out, scratch);
        }

        @Override
        public void rows(int[] which, int count, float[][] out, int[] scratch) {
            float[][] x = new float[count][];
            for (int b = 0; b < count; b++) {
                x[b] = points.point(which[b]);
            }
            for (int from = 0; from < points.rows(); from += BATCH_CHUNK) {
                kernel.rows(x, count, points, from, Math.min(points.rows(), from + BATCH_CHUNK), out, scratch);
            }
        }

        @Override
        public int batch() {
            return points instanceof DensePoints && (long) points.rows() * points.features() > IN_CACHE ? BATCH : 1;
        }

        @Override
        public float self(int i) {
            return kernel.self(points, i);
        }

        @Override
        public double bound() {
            return kernel.bound();
        }

        @Override
        public KernelMatrix select(int[] which) {
            return new Evaluated(kernel, points.select(which));
        }
    }
}
