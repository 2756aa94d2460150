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

    private final PlainSweep plain = new PlainSweep();

    @Override
    public void scan(double[] f, double[] raise, double[] lower, float[] low, int from, int to, double[] extremes) {
        DoubleVector min = DoubleVector.broadcast(D, Double.POSITIVE_INFINITY);
        DoubleVector max = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
        int t = from;
        for (int end = from + D.loopBound(to - from); t < end; t += D.length()) {
            DoubleVector v = DoubleVector.fromArray(D, f, t);
            DoubleVector r = v.add(DoubleVector.fromArray(D, raise, t));
            DoubleVector l = v.add(DoubleVector.fromArray(D, lower, t));
            min = min.blend(r, r.lt(min));
            max = max.blend(l, max.lt(l));
            ((FloatVector) l.convertShape(VectorOperators.D2F, H, 0)).intoArray(low, t);
        }
        rest(f, raise, lower, low, t, to, min, max, extremes);
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
            int from,
            int to,
            double[] extremes) {
        DoubleVector min = DoubleVector.broadcast(D, Double.POSITIVE_INFINITY);
        DoubleVector max = DoubleVector.broadcast(D, Double.NEGATIVE_INFINITY);
        DoubleVector by = DoubleVector.broadcast(D, delta);
        int t = from;
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
        VectorLoops.addDifference(delta, plus, minus, t, to, f);
        rest(f, raise, lower, low, t, to, min, max, extremes);
    }

    private void rest(
            double[] f,
            double[] raise,
            double[] lower,
            float[] low,
            int from,
            int to,
            DoubleVector min,
            DoubleVector max,
            double[] extremes) {
        plain.scan(f, raise, lower, low, from, to, extremes);
        extremes[0] = Math.min(extremes[0], min.reduceLanes(VectorOperators.MIN));
        extremes[1] = Math.max(extremes[1], max.reduceLanes(VectorOperators.MAX));
    }

    @Override
    public float gains(
            float[] row,
            float lowest,
            float own,
            float tau,
            float[] low,
            float[] diagonal,
            float[] gain,
            int from,
            int to) {
        FloatVector best = FloatVector.zero(F);
        FloatVector zero = FloatVector.zero(F);
        FloatVector least = FloatVector.broadcast(F, tau);
        FloatVector base = FloatVector.broadcast(F, lowest);
        FloatVector self = FloatVector.broadcast(F, own);
        int t = from;
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
        float rest = plain.gains(row, lowest, own, tau, low, diagonal, gain, t, to);
        return Math.max(rest, best.reduceLanes(VectorOperators.MAX));
    }
}
