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
            return Dots.own(points, i);
        }
    }

    /** {@code (gamma x.y + coef0)^degree}, in floats; the degree is 1 or more. */
    record Polynomial(double gamma, double coef0, int degree) implements KernelFunction {

        @Override
        public void row(float[] x, Points points, float[] out, int[] scratch) {
            new Linear().row(x, points, out, scratch);
            for (int j = 0; j < points.rows(); j++) {
                out[j] = value(out[j]);
            }
        }

        @Override
        public float self(Points points, int i) {
            return value(Dots.own(points, i));
        }

        private float value(float dot) {
            double base = gamma * dot + coef0;
            double power = base;
            for (int d = 1; d < degree; d++) {
                power *= base;
            }
            return (float) power;
        }
    }

    /** {@code tanh(gamma x.y + coef0)}; not positive definite, so that only a stationary point is found. */
    record Sigmoid(double gamma, double coef0) implements KernelFunction {

        @Override
        public void row(float[] x, Points points, float[] out, int[] scratch) {
            new Linear().row(x, points, out, scratch);
            for (int j = 0; j < points.rows(); j++) {
                out[j] = value(out[j]);
            }
        }

        @Override
        public float self(Points points, int i) {
            return value(Dots.own(points, i));
        }

        private float value(float dot) {
            // Not Math.tanh, whose last bits may differ from processor to processor.
            return (float) StrictMath.tanh(gamma * dot + coef0);
        }
    }
}
