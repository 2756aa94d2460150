package dev.kiln.csvm.solver;

/**
 * A kernel, evaluated for one point against many at once, in floats. The value for two points does not depend on where
 * they stand nor on which is first, so that every node computes the same bits.
 */
public sealed interface KernelFunction {

    /**
     * Writes {@code k(x, p_j)} to {@code out[j]} for every point of {@code points}.
     *
     * @param x one point, of as many features
     * @param scratch as long as {@code out}, overwritten
     */
    void row(float[] x, Points points, float[] out, int[] scratch);

    /** {@code k(x, x)} of point {@code i}. */
    float self(Points points, int i);

    /** {@code exp(-gamma |x - y|^2)}. */
    record Rbf(double gamma) implements KernelFunction {

        @Override
        public void row(float[] x, Points points, float[] out, int[] scratch) {
            float scale = (float) -gamma;
            for (int from = 0; from < points.rows(); from += VectorLoops.CHUNK) {
                int to = Math.min(points.rows(), from + VectorLoops.CHUNK);
                VectorLoops.squaredDistances(x, points.columns(), from, to, out);
                VectorLoops.expScaled(scale, from, to, out, scratch);
            }
        }

        @Override
        public float self(Points points, int i) {
            return 1;
        }
    }

    /** The dot product. */
    record Linear() implements KernelFunction {

        @Override
        public void row(float[] x, Points points, float[] out, int[] scratch) {
            for (int from = 0; from < points.rows(); from += VectorLoops.CHUNK) {
                int to = Math.min(points.rows(), from + VectorLoops.CHUNK);
                VectorLoops.dots(x, points.columns(), from, to, out);
            }
        }

        @Override
        public float self(Points points, int i) {
            float sum = 0;
            for (float[] column : points.columns()) {
                sum += column[i] * column[i];
            }
            return sum;
        }
    }
}
