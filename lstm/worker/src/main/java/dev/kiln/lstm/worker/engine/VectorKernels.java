package dev.kiln.lstm.worker.engine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products by the Vector API: tiles of four rows by four vectors stay in registers along k; rows and columns that fill
 * no tile go element by element. The rest is left to the plain loops, which C2 vectorises as well. Not to be loaded by
 * a JVM without the module.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    /** Rows along k at a time, so that a strip of b of four vectors stays in the first-level cache. */
    private static final int STRIP = 128;

    private final PlainKernels plain;

    VectorKernels(int hidden) {
        plain = new PlainKernels(hidden);
    }

    @Override
    public void multiply(float[][] a, int m, int k, float[][] b, float[][] c) {
        int n = c[0].length;
        int tiled = n - n % (4 * L);
        for (int from = 0; from < k; from += STRIP) {
            int to = Math.min(k, from + STRIP);
            for (int j = 0; j < tiled; j += 4 * L) {
                int i = 0;
                for (; i + 4 <= m; i += 4) {
                    tile(a[i], a[i + 1], a[i + 2], a[i + 3], from, to, b, j, c, i);
                }
                for (; i < m; i++) {
                    line(a[i], from, to, b, j, c[i]);
                }
            }
            for (int i = 0; i < m && tiled < n; i++) {
                rest(a[i], from, to, b, tiled, n, c[i]);
            }
        }
    }

    private static void tile(
            float[] a0, float[] a1, float[] a2, float[] a3, int from, int to, float[][] b, int j, float[][] c, int i) {
        float[] c0 = c[i];
        float[] c1 = c[i + 1];
        float[] c2 = c[i + 2];
        float[] c3 = c[i + 3];
        FloatVector s00 = FloatVector.fromArray(F, c0, j);
        FloatVector s01 = FloatVector.fromArray(F, c0, j + L);
        FloatVector s02 = FloatVector.fromArray(F, c0, j + 2 * L);
        FloatVector s03 = FloatVector.fromArray(F, c0, j + 3 * L);
        FloatVector s10 = FloatVector.fromArray(F, c1, j);
        FloatVector s11 = FloatVector.fromArray(F, c1, j + L);
        FloatVector s12 = FloatVector.fromArray(F, c1, j + 2 * L);
        FloatVector s13 = FloatVector.fromArray(F, c1, j + 3 * L);
        FloatVector s20 = FloatVector.fromArray(F, c2, j);
        FloatVector s21 = FloatVector.fromArray(F, c2, j + L);
        FloatVector s22 = FloatVector.fromArray(F, c2, j + 2 * L);
        FloatVector s23 = FloatVector.fromArray(F, c2, j + 3 * L);
        FloatVector s30 = FloatVector.fromArray(F, c3, j);
        FloatVector s31 = FloatVector.fromArray(F, c3, j + L);
        FloatVector s32 = FloatVector.fromArray(F, c3, j + 2 * L);
        FloatVector s33 = FloatVector.fromArray(F, c3, j + 3 * L);
        for (int p = from; p < to; p++) {
            float[] row = b[p];
            FloatVector b0 = FloatVector.fromArray(F, row, j);
            FloatVector b1 = FloatVector.fromArray(F, row, j + L);
            FloatVector b2 = FloatVector.fromArray(F, row, j + 2 * L);
            FloatVector b3 = FloatVector.fromArray(F, row, j + 3 * L);
            FloatVector x = FloatVector.broadcast(F, a0[p]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(F, a1[p]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(F, a2[p]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(F, a3[p]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
        }
        store(s00, s01, s02, s03, c0, j);
        store(s10, s11, s12, s13, c1, j);
        store(s20, s21, s22, s23, c2, j);
        store(s30, s31, s32, s33, c3, j);
    }

    private static void line(float[] a, int from, int to, float[][] b, int j, float[] c) {
        FloatVector s0 = FloatVector.fromArray(F, c, j);
        FloatVector s1 = FloatVector.fromArray(F, c, j + L);
        FloatVector s2 = FloatVector.fromArray(F, c, j + 2 * L);
        FloatVector s3 = FloatVector.fromArray(F, c, j + 3 * L);
        for (int p = from; p < to; p++) {
            float[] row = b[p];
            FloatVector x = FloatVector.broadcast(F, a[p]);
            s0 = x.fma(FloatVector.fromArray(F, row, j), s0);
            s1 = x.fma(FloatVector.fromArray(F, row, j + L), s1);
            s2 = x.fma(FloatVector.fromArray(F, row, j + 2 * L), s2);
            s3 = x.fma(FloatVector.fromArray(F, row, j + 3 * L), s3);
        }
        store(s0, s1, s2, s3, c, j);
    }

    private static void rest(float[] a, int from, int to, float[][] b, int j, int n, float[] c) {
        for (int p = from; p < to; p++) {
            float[] row = b[p];
            float x = a[p];
            for (int q = j; q < n; q++) {
                c[q] = Math.fma(x, row[q], c[q]);
            }
        }
    }

    @Override
    public void multiplyTransposed(float[][] a, int k, int m, float[][] b, float[][] c) {
        int n = c[0].length;
        int tiled = n - n % (4 * L);
        for (int from = 0; from < k; from += STRIP) {
            int to = Math.min(k, from + STRIP);
            for (int j = 0; j < tiled; j += 4 * L) {
                int i = 0;
                for (; i + 4 <= m; i += 4) {
                    tileTransposed(a, from, to, i, b, j, c);
                }
                for (; i < m; i++) {
                    lineTransposed(a, from, to, i, b, j, c[i]);
                }
            }
            for (int p = from; p < to && tiled < n; p++) {
                for (int i = 0; i < m; i++) {
                    float x = a[p][i];
                    for (int q = tiled; q < n; q++) {
                        c[i][q] = Math.fma(x, b[p][q], c[i][q]);
                    }
                }
            }
        }
    }

    private static void tileTransposed(float[][] a, int from, int to, int i, float[][] b, int j, float[][] c) {
        float[] c0 = c[i];
        float[] c1 = c[i + 1];
        float[] c2 = c[i + 2];
        float[] c3 = c[i + 3];
        FloatVector s00 = FloatVector.fromArray(F, c0, j);
        FloatVector s01 = FloatVector.fromArray(F, c0, j + L);
        FloatVector s02 = FloatVector.fromArray(F, c0, j + 2 * L);
        FloatVector s03 = FloatVector.fromArray(F, c0, j + 3 * L);
        FloatVector s10 = FloatVector.fromArray(F, c1, j);
        FloatVector s11 = FloatVector.fromArray(F, c1, j + L);
        FloatVector s12 = FloatVector.fromArray(F, c1, j + 2 * L);
        FloatVector s13 = FloatVector.fromArray(F, c1, j + 3 * L);
        FloatVector s20 = FloatVector.fromArray(F, c2, j);
        FloatVector s21 = FloatVector.fromArray(F, c2, j + L);
        FloatVector s22 = FloatVector.fromArray(F, c2, j + 2 * L);
        FloatVector s23 = FloatVector.fromArray(F, c2, j + 3 * L);
        FloatVector s30 = FloatVector.fromArray(F, c3, j);
        FloatVector s31 = FloatVector.fromArray(F, c3, j + L);
        FloatVector s32 = FloatVector.fromArray(F, c3, j + 2 * L);
        FloatVector s33 = FloatVector.fromArray(F, c3, j + 3 * L);
        for (int p = from; p < to; p++) {
            float[] row = b[p];
            float[] factors = a[p];
            FloatVector b0 = FloatVector.fromArray(F, row, j);
            FloatVector b1 = FloatVector.fromArray(F, row, j + L);
            FloatVector b2 = FloatVector.fromArray(F, row, j + 2 * L);
            FloatVector b3 = FloatVector.fromArray(F, row, j + 3 * L);
            FloatVector x = FloatVector.broadcast(F, factors[i]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(F, factors[i + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(F, factors[i + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(F, factors[i + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
        }
        store(s00, s01, s02, s03, c0, j);
        store(s10, s11, s12, s13, c1, j);
        store(s20, s21, s22, s23, c2, j);
        store(s30, s31, s32, s33, c3, j);
    }

    private static void lineTransposed(float[][] a, int from, int to, int i, float[][] b, int j, float[] c) {
        FloatVector s0 = FloatVector.fromArray(F, c, j);
        FloatVector s1 = FloatVector.fromArray(F, c, j + L);
        FloatVector s2 = FloatVector.fromArray(F, c, j + 2 * L);
        FloatVector s3 = FloatVector.fromArray(F, c, j + 3 * L);
        for (int p = from; p < to; p++) {
            float[] row = b[p];
            FloatVector x = FloatVector.broadcast(F, a[p][i]);
            s0 = x.fma(FloatVector.fromArray(F, row, j), s0);
            s1 = x.fma(FloatVector.fromArray(F, row, j + L), s1);
            s2 = x.fma(FloatVector.fromArray(F, row, j + 2 * L), s2);
            s3 = x.fma(FloatVector.fromArray(F, row, j + 3 * L), s3);
        }
        store(s0, s1, s2, s3, c, j);
    }

    private static void store(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3, float[] c, int j) {
        s0.intoArray(c, j);
        s1.intoArray(c, j + L);
        s2.intoArray(c, j + 2 * L);
        s3.intoArray(c, j + 3 * L);
    }

    @Override
    public void activate(float[][] sums, int windows, float[] before, Moment to, float[][] out) {
        plain.activate(sums, windows, before, to, out);
    }

    @Override
    public void slopes(Moment of, int windows, float[] before, float[][] out, float[] cells, float[][] sums) {
        plain.slopes(of, windows, before, out, cells, sums);
    }
}
