package dev.kiln.csvm.solver;

/** Dot products of points, by which all kernels but two are defined. */
final class Dots {

    private static final Tile TILE = Tile.forThisJvm();

    private Dots() {}

    /** Of one point with each of those from one place to another, which is not included. */
    static void row(float[] x, Points points, int from, int to, float[] out) {
        switch (points) {
            case DensePoints dense -> VectorLoops.dots(x, dense.columns(), from, to, out);
            case SparsePoints sparse -> {
                for (int i = from; i < to; i++) {
                    out[i] = (float) sparse.dot(i, x);
                }
            }
        }
    }

    /** Of several points, the first count of x, each with all of those. */
    static void rows(float[][] x, int count, Points points, int from, int to, float[][] out) {
        if (points instanceof DensePoints dense) {
            TILE.dots(x, count, dense.columns(), from, to, out);
            return;
        }
        for (int b = 0; b < count; b++) {
            row(x[b], points, from, to, out[b]);
        }
    }

    /** Of a point with itself. */
    static float own(Points points, int i) {
        return switch (points) {
            case DensePoints dense -> {
                float sum = 0;
                for (float[] column : dense.columns()) {
                    sum += column[i] * column[i];
                }
                yield sum;
            }
            case SparsePoints sparse -> (float) sparse.own(i);
        };
    }
}
