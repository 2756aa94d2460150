package dev.kiln.csvm.solver;

import java.util.Arrays;

/**
 * Loops of the shape that HotSpot's C2 vectorises. It does not vectorise extremes of floating-point numbers, but those of
 * integers it does. So chunks are compared by integers that grow with the numbers, and only those chunks that hold the
 * extreme integer are looked through for the number itself.
 */
final class PlainSweep implements Sweep {

    private static final int CHUNK = 512;

    /** What the extreme of the sweep before becomes as an integer: few others are rounded to the same. */
    private static final float FINENESS = 1 << 22;

    private float[] up = new float[0];
    private int[] least = new int[0];
    private int[] most = new int[0];
    private float scale = FINENESS;
    private float gainScale = FINENESS;

    @Override
    public void scan(double[] f, double[] raise, double[] lower, float[] low, int n, Extremes extremes) {
        room(n);
        for (int from = 0, c = 0; from < n; from += CHUNK, c++) {
            int to = Math.min(n, from + CHUNK);
            VectorLoops.bounds(f, raise, lower, up, low, from, to);
            least[c] = VectorLoops.leastKey(up, scale, from, to);
            most[c] = VectorLoops.greatestKey(low, scale, from, to);
        }
        find(f, raise, lower, low, n, extremes);
    }

    @Override
    public void moveAndScan(
            double delta,
            float[] plus,
            float[] minus,
            double[] f,
            double[] raise,
            double[] lower,
            float[] low,
            int n,
            Extremes extremes) {
        room(n);
        for (int from = 0, c = 0; from < n; from += CHUNK, c++) {
            int to = Math.min(n, from + CHUNK);
            VectorLoops.moveAndBounds(delta, plus, minus, f, raise, lower, up, low, from, to);
            least[c] = VectorLoops.leastKey(up, scale, from, to);
            most[c] = VectorLoops.greatestKey(low, scale, from, to);
        }
        find(f, raise, lower, low, n, extremes);
    }

    @Override
    public int best(
            float[] row, float lowest, float own, float tau, float[] low, float[] diagonal, float[] gain, int n) {
        room(n);
        int key = 0;
        for (int from = 0, c = 0; from < n; from += CHUNK, c++) {
            int to = Math.min(n, from + CHUNK);
            most[c] = VectorLoops.gains(row, lowest, own, tau, gainScale, low, diagonal, gain, from, to);
            key = Math.max(key, most[c]);
        }
        float best = 0;
        int place = -1;
        for (int from = 0, c = 0; from < n; from += CHUNK, c++) {
            int to = most[c] == key ? Math.min(n, from + CHUNK) : from;
            for (int t = from; t < to; t++) {
                if (gain[t] > best) {
                    best = gain[t];
                    place = t;
                }
            }
        }
        gainScale = fine(best);
        return place;
    }

    private void find(double[] f, double[] raise, double[] lower, float[] low, int n, Extremes extremes) {
        int leastKey = Integer.MAX_VALUE;
        int greatestKey = Integer.MIN_VALUE;
        for (int c = 0; c * CHUNK < n; c++) {
            leastKey = Math.min(leastKey, least[c]);
            greatestKey = Math.max(greatestKey, most[c]);
        }
        extremes.clear();
        for (int from = 0, c = 0; from < n; from += CHUNK, c++) {
            if (least[c] == leastKey) {
                findLowest(f, raise, from, Math.min(n, from + CHUNK), extremes);
            }
            if (most[c] == greatestKey) {
                findHighest(f, lower, low, from, Math.min(n, from + CHUNK), extremes);
            }
        }
        scale = fine((float) Math.max(Math.abs(extremes.lowest), Math.abs(extremes.highest)));
    }

    /** Rounding keeps the order, so that most points are told by the rounded numbers alone. */
    private void findLowest(double[] f, double[] raise, int from, int to, Extremes extremes) {
        float rounded = (float) extremes.lowest;
        for (int t = from; t < to; t++) {
            if (up[t] <= rounded && f[t] + raise[t] < extremes.lowest) {
                rounded = up[t];
                extremes.lowest = f[t] + raise[t];
                extremes.up = t;
            }
        }
    }

    private static void findHighest(double[] f, double[] lower, float[] low, int from, int to, Extremes extremes) {
        float rounded = (float) extremes.highest;
        for (int t = from; t < to; t++) {
            if (low[t] >= rounded && f[t] + lower[t] > extremes.highest) {
                rounded = low[t];
                extremes.highest = f[t] + lower[t];
                extremes.down = t;
            }
        }
    }

    private static float fine(float extreme) {
        float scale = FINENESS / extreme;
        return scale > 0 && scale < Float.MAX_VALUE ? scale : FINENESS;
    }

    private void room(int n) {
        if (up.length < n) {
            up = new float[n];
            least = Arrays.copyOf(least, n / CHUNK + 1);
            most = new int[n / CHUNK + 1];
        }
    }
}
