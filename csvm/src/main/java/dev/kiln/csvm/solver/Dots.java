package dev.kiln.csvm.solver;

/** Dot products of single points. */
final class Dots {

    private Dots() {}

    /** A point by itself. */
    static float own(Points points, int i) {
        float sum = 0;
        for (float[] column : points.columns()) {
            sum += column[i] * column[i];
        }
        return sum;
    }
}
