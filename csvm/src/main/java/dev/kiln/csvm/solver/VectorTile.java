package dev.kiln.csvm.solver;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four points at once by the Vector API, so that what was loaded of the many points is used four times: every lane adds
 * up what the plain loops add up, in their order. What makes no four and fills no vector is left to the plain tile. Not
 * to be loaded by a JVM without the module.
 */
final class VectorTile implements Tile {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

    /** Features that are added up before the next four points take their turn; a multiple of four. */
    private static final int FEATURES = 16;

    /** Points whose values of so many features stay in the caches for all fours. */
    private static final int POINTS = 1024;

    private final PlainTile plain = new PlainTile();

    @Override
    public void squaredDistances(float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        int fours = count - count % 4;
        int end = from + F.loopBound(to - from);
        int done = byFours(VectorTile::squares, x, fours, columns, from, end, out);
        for (int b = 0; b < fours; b++) {
            VectorLoops.addSquaredDistances(x[b], columns, done, columns.length, from, end, out[b]);
        }
        plain.squaredDistances(rest(x, fours, count), count - fours, columns, from, end, rest(out, fours, count));
        plain.squaredDistances(x, count, columns, end, to, out);
    }

    @Override
    public void dots(float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        int fours = count - count % 4;
        int end = from + F.loopBound(to - from);
        int done = byFours(VectorTile::products, x, fours, columns, from, end, out);
        for (int b = 0; b < fours; b++) {
            VectorLoops.addDots(x[b], columns, done, columns.length, from, end, out[b]);
        }
        plain.dots(rest(x, fours, count), count - fours, columns, from, end, rest(out, fours, count));
        plain.dots(x, count, columns, end, to, out);
    }

    /** What four features add to four points' results. */
    @FunctionalInterface
    private interface Sum {
        void add(
                float[][] x,
                int point,
                float[][] columns,
                int f,
                int from,
                int to,
                float[] out0,
                float[] out1,
                float[] out2,
                float[] out3);
    }

    /** Sums up fours of features for fours of points; returns how many features that were. */
    private static int byFours(Sum sum, float[][] x, int count, float[][] columns, int from, int to, float[][] out) {
        int features = columns.length - columns.length % 4;
        for (int b = 0; b < count; b++) {
            Arrays.fill(out[b], from, to, 0f);
        }
        for (int lo = from; lo < to; lo += POINTS) {
            int hi = Math.min(to, lo + POINTS);
            for (int first = 0; first < features; first += FEATURES) {
                int last = Math.min(features, first + FEATURES);
                for (int b = 0; b < count; b += 4) {
                    for (int f = first; f < last; f += 4) {
                        sum.add(x, b, columns, f, lo, hi, out[b], out[b + 1], out[b + 2], out[b + 3]);
                    }
                }
            }
        }
        return features;
    }

    private static float[][] rest(float[][] of, int from, int to) {
        return Arrays.copyOfRange(of, from, to);
    }

    // All in one method: a vector handed to a method that the compiler does not inline would become an object.
    private static void squares(
            float[][] x,
            int point,
            float[][] columns,
            int f,
            int from,
            int to,
            float[] out0,
            float[] out1,
            float[] out2,
            float[] out3) {
        float[] ofA = columns[f];
        float[] ofB = columns[f + 1];
        float[] ofC = columns[f + 2];
        float[] ofD = columns[f + 3];
        FloatVector a0 = FloatVector.broadcast(F, x[point][f]);
        FloatVector b0 = FloatVector.broadcast(F, x[point][f + 1]);
        FloatVector c0 = FloatVector.broadcast(F, x[point][f + 2]);
        FloatVector d0 = FloatVector.broadcast(F, x[point][f + 3]);
        FloatVector a1 = FloatVector.broadcast(F, x[point + 1][f]);
        FloatVector b1 = FloatVector.broadcast(F, x[point + 1][f + 1]);
        FloatVector c1 = FloatVector.broadcast(F, x[point + 1][f + 2]);
        FloatVector d1 = FloatVector.broadcast(F, x[point + 1][f + 3]);
        FloatVector a2 = FloatVector.broadcast(F, x[point + 2][f]);
        FloatVector b2 = FloatVector.broadcast(F, x[point + 2][f + 1]);
        FloatVector c2 = FloatVector.broadcast(F, x[point + 2][f + 2]);
        FloatVector d2 = FloatVector.broadcast(F, x[point + 2][f + 3]);
        FloatVector a3 = FloatVector.broadcast(F, x[point + 3][f]);
        FloatVector b3 = FloatVector.broadcast(F, x[point + 3][f + 1]);
        FloatVector c3 = FloatVector.broadcast(F, x[point + 3][f + 2]);
        FloatVector d3 = FloatVector.broadcast(F, x[point + 3][f + 3]);
        for (int j = from; j < to; j += F.length()) {
            FloatVector a = FloatVector.fromArray(F, ofA, j);
            FloatVector b = FloatVector.fromArray(F, ofB, j);
            FloatVector c = FloatVector.fromArray(F, ofC, j);
            FloatVector d = FloatVector.fromArray(F, ofD, j);
            FloatVector p = a.sub(a0);
            FloatVector q = b.sub(b0);
            FloatVector r = c.sub(c0);
            FloatVector s = d.sub(d0);
            p = p.mul(p).add(q.mul(q)).add(r.mul(r).add(s.mul(s)));
            FloatVector.fromArray(F, out0, j).add(p).intoArray(out0, j);
            p = a.sub(a1);
            q = b.sub(b1);
            r = c.sub(c1);
            s = d.sub(d1);
            p = p.mul(p).add(q.mul(q)).add(r.mul(r).add(s.mul(s)));
            FloatVector.fromArray(F, out1, j).add(p).intoArray(out1, j);
            p = a.sub(a2);
            q = b.sub(b2);
            r = c.sub(c2);
            s = d.sub(d2);
            p = p.mul(p).add(q.mul(q)).add(r.mul(r).add(s.mul(s)));
            FloatVector.fromArray(F, out2, j).add(p).intoArray(out2, j);
            p = a.sub(a3);
            q = b.sub(b3);
            r = c.sub(c3);
            s = d.sub(d3);
            p = p.mul(p).add(q.mul(q)).add(r.mul(r).add(s.mul(s)));
            FloatVector.fromArray(F, out3, j).add(p).intoArray(out3, j);
        }
    }

    private static void products(
            float[][] x,
            int point,
            float[][] columns,
            int f,
            int from,
            int to,
            float[] out0,
            float[] out1,
            float[] out2,
            float[] out3) {
        float[] ofA = columns[f];
        float[] ofB = columns[f + 1];
        float[] ofC = columns[f + 2];
        float[] ofD = columns[f + 3];
        FloatVector a0 = FloatVector.broadcast(F, x[point][f]);
        FloatVector b0 = FloatVector.broadcast(F, x[point][f + 1]);
        FloatVector c0 = FloatVector.broadcast(F, x[point][f + 2]);
        FloatVector d0 = FloatVector.broadcast(F, x[point][f + 3]);
        FloatVector a1 = FloatVector.broadcast(F, x[point + 1][f]);
        FloatVector b1 = FloatVector.broadcast(F, x[point + 1][f + 1]);
        FloatVector c1 = FloatVector.broadcast(F, x[point + 1][f + 2]);
        FloatVector d1 = FloatVector.broadcast(F, x[point + 1][f + 3]);
        FloatVector a2 = FloatVector.broadcast(F, x[point + 2][f]);
        FloatVector b2 = FloatVector.broadcast(F, x[point + 2][f + 1]);
        FloatVector c2 = FloatVector.broadcast(F, x[point + 2][f + 2]);
        FloatVector d2 = FloatVector.broadcast(F, x[point + 2][f + 3]);
        FloatVector a3 = FloatVector.broadcast(F, x[point + 3][f]);
        FloatVector b3 = FloatVector.broadcast(F, x[point + 3][f + 1]);
        FloatVector c3 = FloatVector.broadcast(F, x[point + 3][f + 2]);
        FloatVector d3 = FloatVector.broadcast(F, x[point + 3][f + 3]);
        for (int j = from; j < to; j += F.length()) {
            FloatVector a = FloatVector.fromArray(F, ofA, j);
            FloatVector b = FloatVector.fromArray(F, ofB, j);
            FloatVector c = FloatVector.fromArray(F, ofC, j);
            FloatVector d = FloatVector.fromArray(F, ofD, j);
            FloatVector s = a.mul(a0).add(b.mul(b0)).add(c.mul(c0).add(d.mul(d0)));
            FloatVector.fromArray(F, out0, j).add(s).intoArray(out0, j);
            s = a.mul(a1).add(b.mul(b1)).add(c.mul(c1).add(d.mul(d1)));
            FloatVector.fromArray(F, out1, j).add(s).intoArray(out1, j);
            s = a.mul(a2).add(b.mul(b2)).add(c.mul(c2).add(d.mul(d2)));
            FloatVector.fromArray(F, out2, j).add(s).intoArray(out2, j);
            s = a.mul(a3).add(b.mul(b3)).add(c.mul(c3).add(d.mul(d3)));
            FloatVector.fromArray(F, out3, j).add(s).intoArray(out3, j);
        }
    }
}
