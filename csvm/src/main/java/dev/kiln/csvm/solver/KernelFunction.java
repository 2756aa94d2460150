package dev.kiln.csvm.solver;

import java.util.Objects;

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
    default void row(float[] x, Points points, float[] out, int[] scratch) {
        for (int from = 0; from < points.rows(); from += VectorLoops.CHUNK) {
            row(x, points, from, Math.min(points.rows(), from + VectorLoops.CHUNK), out, scratch);
        }
    }

    /** As the other, for the points from one place to another, which is not included. */
    void row(float[] x, Points points, int from, int to, float[] out, int[] scratch);

    /**
     * As {@link #row} for several points, with the values that each of them has alone, but quicker where there are many
     * features.
     *
     * @param x the points, of which the first count
     * @param out one array for each
     * @param scratch as long as each of these, overwritten
     */
    default void rows(float[][] x, int count, Points points, int from, int to, float[][] out, int[] scratch) {
        for (int b = 0; b < count; b++) {
            row(x[b], points, from, to, out[b], scratch);
        }
    }

    /** {@code k(x, x)} of point {@code i}. */
    float self(Points points, int i);

    /** No value is further from zero than this; infinite where nothing is known. */
    default double bound() {
        return Double.POSITIVE_INFINITY;
    }

    /** {@code exp(-gamma |x - y|^2)}. */
    record Rbf(double gamma) implements KernelFunction {

        private static final Exponential EXP = Exponential.forThisJvm();
        private static final Tile TILE = Tile.forThisJvm();

        @Override
        public void row(float[] x, Points points, int from, int to, float[] out, int[] scratch) {
            float scale = (float) -gamma;
            switch (points) {
                case DensePoints dense -> VectorLoops.squaredDistances(x, dense.columns(), from, to, out);
                case SparsePoints sparse -> sparse.squaredDistances(x, from, to, out);
            }
            EXP.apply(scale, from, to, out, scratch);
        }

        @Override
        public void rows(float[][] x, int count, Points points, int from, int to, float[][] out, int[] scratch) {
            if (points instanceof DensePoints dense) {
                TILE.squaredDistances(x, count, dense.columns(), from, to, out);
                for (int b = 0; b < count; b++) {
                    EXP.apply((float) -gamma, from, to, out[b], scratch);
                }
            } else {
                KernelFunction.super.rows(x, count, points, from, to, out, scratch);
            }
        }

        /** As far as rounding goes. */
        @Override
        public double bound() {
            return 1.0001;
        }

        @Override
        public float self(Points points, int i) {
            return 1;
        }
    }

    /** The dot product. */
    record Linear() implements KernelFunction {

        @Override
        public void row(float[] x, Points points, int from, int to, float[] out, int[] scratch) {
            Dots.row(x, points, from, to, out);
        }

        @Override
        public void rows(float[][] x, int count, Points points, int from, int to, float[][] out, int[] scratch) {
            Dots.rows(x, count, points, from, to, out);
        }

        @Override
        public float self(Points points, int i) {
            return Dots.own(points, i);
        }
    }

    /** {@code (gamma x.y + coef0)^degree}; the degree is 1 or more. */
    record Polynomial(double gamma, double coef0, int degree) implements KernelFunction {

        /** Checks the degree. */
        public Polynomial {
            if (degree < 1) {
                throw new IllegalArgumentException("degree " + degree + ": expected 1 or more");
            }
        }

        @Override
        public void row(float[] x, Points points, int from, int to, float[] out, int[] scratch) {
            Dots.row(x, points, from, to, out);
            apply(out, from, to);
        }

        @Override
        public void rows(float[][] x, int count, Points points, int from, int to, float[][] out, int[] scratch) {
            Dots.rows(x, count, points, from, to, out);
            for (int b = 0; b < count; b++) {
                apply(out[b], from, to);
            }
        }

        private void apply(float[] out, int from, int to) {
            for (int j = from; j < to; j++) {
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
        public void row(float[] x, Points points, int from, int to, float[] out, int[] scratch) {
            Dots.row(x, points, from, to, out);
            apply(out, from, to);
        }

        @Override
        public void rows(float[][] x, int count, Points points, int from, int to, float[][] out, int[] scratch) {
            Dots.rows(x, count, points, from, to, out);
            for (int b = 0; b < count; b++) {
                apply(out[b], from, to);
            }
        }

        private void apply(float[] out, int from, int to) {
            for (int j = from; j < to; j++) {
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

    /** A kernel of the user's own. */
    record Custom(RowKernel kernel) implements KernelFunction {

        /** Checks that there is one. */
        public Custom {
            Objects.requireNonNull(kernel, "kernel");
        }

        @Override
        public void row(float[] x, Points points, int from, int to, float[] out, int[] scratch) {
            float[] y = new float[points.features()];
            for (int j = from; j < to; j++) {
                points.copy(j, y);
                out[j] = value(x, y);
            }
        }

        @Override
        public float self(Points points, int i) {
            float[] x = points.point(i);
            return value(x, x);
        }

        private float value(float[] x, float[] y) {
            float value = (float) kernel.value(x, y);
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("the kernel given by the program returned " + value
                        + " for two rows; expected a finite number of at most 3.4e38");
            }
            return value;
        }
    }
}
