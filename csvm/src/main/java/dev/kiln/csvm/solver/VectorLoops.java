package dev.kiln.csvm.solver;

import java.util.Arrays;

/**
 * The inner loops, in the shape that HotSpot's C2 vectorises: counted loops, every array read and written at the same
 * index, no branches. No fused multiply-add, so the bits are the same on every processor.
 */
final class VectorLoops {

    /** Points handled at a time, so that what a pass writes is still in the first-level cache for the next. */
    static final int CHUNK = 2048;

    static final float LOG2_E = 1.442695f;
    // ln 2 in two parts, the first exact in few bits, so that k * LN2_HIGH has no rounding error.
    static final float LN2_HIGH = 355f / 512f;
    static final float LN2_LOW = (float) (0.6931471805599453 - LN2_HIGH);
    /** Below this, exp would leave the normal floats; there the kernel is as good as zero. */
    static final float LOWEST = -87f;

    // Cephes' expf.
    static final float E7 = 1.9875691E-4f;
    static final float E6 = 0.0013981999f;
    static final float E5 = 0.008333452f;
    static final float E4 = 0.041665796f;
    static final float E3 = 0.16666666f;

    private VectorLoops() {}

    /**
     * Differences are squared one by one rather than expanded to norms and a dot product: in floats the expansion
     * cancels badly for features that are not centred.
     */
    static void squaredDistances(float[] x, float[][] columns, int from, int to, float[] out) {
        Arrays.fill(out, from, to, 0f);
        addSquaredDistances(x, columns, 0, x.length, from, to, out);
    }

    /** Adds what these features, from the first to before the last, contribute. They are taken by fours. */
    static void addSquaredDistances(float[] x, float[][] columns, int first, int last, int from, int to, float[] out) {
        int f = first;
        for (; f + 4 <= last; f += 4) {
            addSquares4(x, f, columns[f], columns[f + 1], columns[f + 2], columns[f + 3], from, to, out);
        }
        for (; f < last; f++) {
            addSquares(x[f], columns[f], from, to, out);
        }
    }

    private static void addSquares4(
            float[] x, int f, float[] a, float[] b, float[] c, float[] d, int from, int to, float[] out) {
        float xa = x[f];
        float xb = x[f + 1];
        float xc = x[f + 2];
        float xd = x[f + 3];
        for (int j = from; j < to; j++) {
            float da = a[j] - xa;
            float db = b[j] - xb;
            float dc = c[j] - xc;
            float dd = d[j] - xd;
            out[j] += (da * da + db * db) + (dc * dc + dd * dd);
        }
    }

    private static void addSquares(float x, float[] column, int from, int to, float[] out) {
        for (int j = from; j < to; j++) {
            float d = column[j] - x;
            out[j] += d * d;
        }
    }

    static void dots(float[] x, float[][] columns, int from, int to, float[] out) {
        Arrays.fill(out, from, to, 0f);
        addDots(x, columns, 0, x.length, from, to, out);
    }

    /** Adds what these features, from the first to before the last, contribute. They are taken by fours. */
    static void addDots(float[] x, float[][] columns, int first, int last, int from, int to, float[] out) {
        int f = first;
        for (; f + 4 <= last; f += 4) {
            addProducts4(x, f, columns[f], columns[f + 1], columns[f + 2], columns[f + 3], from, to, out);
        }
        for (; f < last; f++) {
            addProducts(x[f], columns[f], from, to, out);
        }
    }

    private static void addProducts4(
            float[] x, int f, float[] a, float[] b, float[] c, float[] d, int from, int to, float[] out) {
        float xa = x[f];
        float xb = x[f + 1];
        float xc = x[f + 2];
        float xd = x[f + 3];
        for (int j = from; j < to; j++) {
            out[j] += (a[j] * xa + b[j] * xb) + (c[j] * xc + d[j] * xd);
        }
    }

    private static void addProducts(float x, float[] column, int from, int to, float[] out) {
        for (int j = from; j < to; j++) {
            out[j] += column[j] * x;
        }
    }

    /**
     * {@code v[j] = exp(scale * v[j])} for {@code scale * v[j] <= 0}, to about one unit in the last place: the power of
     * two is split off and the rest, within half of ln 2, goes through a polynomial (the coefficients are those of
     * Cephes' expf).
     */
    static void expScaled(float scale, int from, int to, float[] v, int[] power) {
        for (int j = from; j < to; j++) {
            float t = Math.max(scale * v[j], LOWEST);
            int k = (int) (t * LOG2_E - 0.5f);
            float r = t - k * LN2_HIGH - k * LN2_LOW;
            float p = E7;
            p = p * r + E6;
            p = p * r + E5;
            p = p * r + E4;
            p = p * r + E3;
            p = p * r + 0.5f;
            v[j] = p * (r * r) + r + 1f;
            power[j] = (k + 127) << 23;
        }
        // Apart, because C2 does not vectorise moves of bits from int to float; the loop above it does.
        for (int j = from; j < to; j++) {
            v[j] *= Float.intBitsToFloat(power[j]);
        }
    }

    /** {@code sum[j] += weight * row[j]}. */
    static void add(double weight, float[] row, int from, int to, double[] sum) {
        for (int j = from; j < to; j++) {
            sum[j] += weight * row[j];
        }
    }

    /** {@code sum[at + j] += weight * row[first + j]}. */
    static void add(double weight, float[] row, int first, int count, double[] sum, int at) {
        for (int j = 0; j < count; j++) {
            sum[at + j] += weight * row[first + j];
        }
    }

    /** {@code f[j] += delta * (plus[j] - minus[j])}, then as {@link #bounds}. */
    static void moveAndBounds(
            double delta,
            float[] plus,
            float[] minus,
            double[] f,
            double[] raise,
            double[] lower,
            float[] up,
            float[] low,
            int from,
            int to) {
        for (int j = from; j < to; j++) {
            double v = f[j] + delta * ((double) plus[j] - (double) minus[j]);
            f[j] = v;
            low[j] = (float) (v + lower[j]);
            up[j] = (float) (v + raise[j]);
        }
    }

    /** {@code up[j] = f[j] + raise[j]} and {@code low[j] = f[j] + lower[j]}, rounded. */
    static void bounds(double[] f, double[] raise, double[] lower, float[] up, float[] low, int from, int to) {
        for (int j = from; j < to; j++) {
            low[j] = (float) (f[j] + lower[j]);
            up[j] = (float) (f[j] + raise[j]);
        }
    }

    /** The least of the integers that values times scale are cut to; it belongs to the least value. */
    static int leastKey(float[] values, float scale, int from, int to) {
        int least = Integer.MAX_VALUE;
        for (int j = from; j < to; j++) {
            least = Math.min(least, (int) (values[j] * scale));
        }
        return least;
    }

    /** The greatest of the integers that values times scale are cut to; it belongs to the greatest value. */
    static int greatestKey(float[] values, float scale, int from, int to) {
        int greatest = Integer.MIN_VALUE;
        for (int j = from; j < to; j++) {
            greatest = Math.max(greatest, (int) (values[j] * scale));
        }
        return greatest;
    }

    /** The gains of {@link Sweep#best}, and the greatest of the integers that gains times scale are cut to. */
    static int gains(
            float[] row,
            float lowest,
            float own,
            float tau,
            float scale,
            float[] low,
            float[] diagonal,
            float[] gain,
            int from,
            int to) {
        int greatest = 0;
        for (int j = from; j < to; j++) {
            float gap = Math.max(low[j] - lowest, 0f);
            float curvature = Math.max((own + diagonal[j]) - 2f * row[j], tau);
            float g = gap * gap / curvature;
            gain[j] = g;
            greatest = Math.max(greatest, (int) (g * scale));
        }
        return greatest;
    }
}
