package dev.kiln.csvm.solver;

import java.util.Arrays;

/** Goes through so few values of the many points at a time that these stay in the caches for all of the several. */
final class PlainTile implements Tile {

    /** Features that are added up before the next point takes its turn; a multiple of four, as they are taken by fours. */
    private static final int FEATURES = 8;

    private static final int POINTS = 1024;

    @Override
    public void squaredDistances(float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        for (int lo = from; lo < to; lo += POINTS) {
            int hi = Math.min(to, lo + POINTS);
            clear(count, lo, hi, out);
            for (int f = 0; f < columns.length; f += FEATURES) {
                int last = Math.min(columns.length, f + FEATURES);
                for (int b = 0; b < count; b++) {
                    VectorLoops.addSquaredDistances(x[b], columns, f, last, lo, hi, out[b]);
                }
            }
        }
    }

    @Override
    public void dots(float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        for (int lo = from; lo < to; lo += POINTS) {
            int hi = Math.min(to, lo + POINTS);
            clear(count, lo, hi, out);
            for (int f = 0; f < columns.length; f += FEATURES) {
                int last = Math.min(columns.length, f + FEATURES);
                for (int b = 0; b < count; b++) {
                    VectorLoops.addDots(x[b], columns, f, last, lo, hi, out[b]);
                }
            }
        }
    }

    private static void clear(int count, int from, int to, float[][] out) {
        for (int b = 0; b < count; b++) {
            Arrays.fill(out[b], from, to, 0f);
        }
    }
}
