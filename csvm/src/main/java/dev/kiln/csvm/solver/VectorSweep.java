package dev.kiln.csvm.solver;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sweeps by the Vector API: every lane does what the plain loop does, and the rest that fills no vector is left to
 * the plain loop. Not to be loaded by a JVM without the module.
 */
final class VectorSweep implements Sweep {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    /** As many lanes as {@link #D}. */
    private static final VectorSpecies<Float> H =
            VectorSpecies.of(float.class, VectorShape.forBitSize(D.vectorBitSize() / 2));

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    private static final int CHUNK = 1024;

    @Override
    public void scan(double[] f, double[] raise, double[] lower, float[] low, int n, Extremes extremes) {
        extremes.clear();
        int up = 0;
        int down = 0;
        for (int from = 0; from < n; from += CHUNK) {
            DoubleVector min = DoubleVector.broadcast(D, Double.POSITIVE_INFINITY);
            DoubleVector max = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
            int t = from;
            int to = Math.min(n, from + CHUNK);
            for (int end = from + D.loopBound(to - from); t < end; t += D.length()) {
                DoubleVector v = DoubleVector.fromArray(D, f, t);
                DoubleVector r = v.add(DoubleVector.fromArray(D, raise, t));
                DoubleVector l = v.add(DoubleVector.fromArray(D, lower, t));
                min = min.blend(r, r.lt(min));
                max = max.blend(l, max.lt(l));
                ((FloatVector) l.convertShape(VectorOperators.D2F, H, 0)).intoArray(low, t);
            }
            double least = min.reduceLanes(VectorOperators.MIN);
            double most = max.reduceLanes(VectorOperators.MAX);
            for (; t < to; t++) {
                least = Math.min(least, f[t] + raise[t]);
                most = Math.max(most, f[t] + lower[t]);
                low[t] = (float) (f[t] + lower[t]);
            }
            // The place is looked up afterwards, in the one chunk that holds the extreme.
            up = least < extremes.lowest ? from : up;
            down = most > extremes.highest ? from : down;
            extremes.lowest = Math.min(extremes.lowest, least);
            extremes.highest = Math.max(extremes.highest, most);
        }
        locate(f, raise, lower, n, up, down, extremes);
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
        extremes.clear();
        int up = 0;
        int down = 0;
        DoubleVector by = DoubleVector.broadcast(D, delta);
        for (int from = 0; from < n; from += CHUNK) {
            DoubleVector min = DoubleVector.broadcast(D, Double.POSITIVE_INFINITY);
            DoubleVector max = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
            int t = from;
            int to = Math.min(n, from + CHUNK);
            for (int end = from + D.loopBound(to - from); t < end; t += D.length()) {
                var p = (DoubleVector) FloatVector.fromArray(H, plus, t).convertShape(VectorOperators.F2D, D, 0);
                var m = (DoubleVector) FloatVector.fromArray(H, minus, t).convertShape(VectorOperators.F2D, D, 0);
                DoubleVector v = DoubleVector.fromArray(D, f, t).add(by.mul(p.sub(m)));
                v.intoArray(f, t);
                DoubleVector r = v.add(DoubleVector.fromArray(D, raise, t));
                DoubleVector l = v.add(DoubleVector.fromArray(D, lower, t));
                min = min.blend(r, r.lt(min));
                max = max.blend(l, max.lt(l));
                ((FloatVector) l.convertShape(VectorOperators.D2F, H, 0)).intoArray(low, t);
            }
            double least = min.reduceLanes(VectorOperators.MIN);
            double most = max.reduceLanes(VectorOperators.MAX);
            for (; t < to; t++) {
                f[t] += delta * ((double) plus[t] - (double) minus[t]);
                least = Math.min(least, f[t] + raise[t]);
                most = Math.max(most, f[t] + lower[t]);
                low[t] = (float) (f[t] + lower[t]);
            }
            up = least < extremes.lowest ? from : up;
            down = most > extremes.highest ? from : down;
            extremes.lowest = Math.min(extremes.lowest, least);
            extremes.highest = Math.max(extremes.highest, most);
        }
        locate(f, raise, lower, n, up, down, extremes);
    }

    private static void locate(double[] f, double[] raise, double[] lower, int n, int up, int down, Extremes extremes) {
        int u = up;
        while (u < n - 1 && f[u] + raise[u] != extremes.lowest) {
            u++;
        }
        int d = down;
        while (d < n - 1 && f[d] + lower[d] != extremes.highest) {
            d++;
        }
        extremes.up = u;
        extremes.down = d;
    }

    @Override
    public int best(
            float[] row, float lowest, float own, float tau, float[] low, float[] diagonal, float[] gain, int n) {
        FloatVector zero = FloatVector.zero(F);
        FloatVector least = FloatVector.broadcast(F, tau);
        FloatVector base = FloatVector.broadcast(F, lowest);
        FloatVector self = FloatVector.broadcast(F, own);
        float most = 0;
        int chunk = -1;
        for (int from = 0; from < n; from += CHUNK) {
            FloatVector best = zero;
            int t = from;
            int to = Math.min(n, from + CHUNK);
            for (int end = from + F.loopBound(to - from); t < end; t += F.length()) {
                FloatVector gap = FloatVector.fromArray(F, low, t).sub(base);
                gap = gap.blend(zero, gap.lt(zero));
                FloatVector k = FloatVector.fromArray(F, row, t);
                FloatVector curvature =
                        self.add(FloatVector.fromArray(F, diagonal, t)).sub(k.add(k));
                VectorMask<Float> flat = curvature.lt(least);
                FloatVector g = gap.mul(gap).div(curvature.blend(least, flat));
                g.intoArray(gain, t);
                best = best.blend(g, best.lt(g));
            }
            float greatest = best.reduceLanes(VectorOperators.MAX);
            for (; t < to; t++) {
                float gap = Math.max(low[t] - lowest, 0f);
                gain[t] = gap * gap / Math.max((own + diagonal[t]) - 2f * row[t], tau);
                greatest = Math.max(greatest, gain[t]);
            }
            if (greatest > most) {
                most = greatest;
                chunk = from;
            }
        }
        int t = chunk;
        while (t >= 0 && gain[t] != most) {
            t++;
        }
        return t;
    }
}
