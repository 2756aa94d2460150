package dev.kiln.csvm.solver;

/** Dot products of points, by which all kernels but two are defined. */
final class Dots {

    private Dots() {}

    /** Of one point with each of many. */
    static void row(float[] x, Points points, float[] out) {
        for (int from = 0; from < points.rows(); from += VectorLoops.CHUNK) {
            int to = Math.min(points.rows(), from + VectorLoops.CHUNK);
            VectorLoops.dots(x, points.columns(), from, to, out);
        }
    }

    /** Of a point with itself. */
    static float own(Points points, int i) {
        float sum = 0;
        for (float[] column : points.columns()) {
            sum += column[i] * column[i];
        }
        return sum;
    }
}
