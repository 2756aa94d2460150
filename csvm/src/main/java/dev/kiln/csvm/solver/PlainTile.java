package dev.kiln.csvm.solver;

import java.util.Arrays;

/** Goes through so few values of the many points at a time that these stay in the caches for all of the several. */
final class PlainTile implements Tile {

    /** Features that are added up before the next point takes its turn; a multiple of four, as they are taken by fours. */
    private static final int FEATURES = 8;

    private static final int POINTS = 1024;

    @Override
    public void squaredDistances(float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        sum(VectorLoops::addSquaredDistances, x, count, columns, from, to, out);
    }

    @Override
    public void dots(float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        sum(VectorLoops::addDots, x, count, columns, from, to, out);
    }

    /** What some features add to one point's results. */
    @FunctionalInterface
    private interface Sum {
        void add(float[] x, float[][] columns, int first, int last, int from, int to, float[] out);
    }

    private static void sum(Sum sum, float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        for (int lo = from; lo < to; lo += POINTS) {
            int hi = Math.min(to, lo + POINTS);
            for (int b = 0; b < count; b++) {
                Arrays.fill(out[b], lo, hi, 0f);
            }
            for (int f = 0; f < columns.length; f += FEATURES) {
                int last = Math.min(columns.length, f + FEATURES);
                for (int b = 0; b < count; b++) {
                    sum.add(x[b], columns, f, last, lo, hi, out[b]);
                }
            }
        }
    }
}
