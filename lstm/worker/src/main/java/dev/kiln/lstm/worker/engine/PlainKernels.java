package dev.kiln.lstm.worker.engine;

/**
 * Loops of the shape that C2 vectorises: counted, every array read and written at the same index, no branches; so rows
 * are arrays of their own, and what is done to each element by itself is done to all windows in one array for each gate. Eight products are added in one pass over a row, so that its loads
 * and stores do not hold the arithmetic up; with twelve, or for two rows at once, C2 no longer vectorises.
 */
final class PlainKernels implements Kernels {

    private final int hidden;
    /** Scratch: hidden states or their slopes, window after window. */
    private float[] flat = {};

    PlainKernels(int hidden) {
        this.hidden = hidden;
    }

    @Override
    public void multiply(float[][] a, int m, int k, float[][] b, float[][] c) {
        int p = 0;
        for (; p + 8 <= k; p += 8) {
            for (int i = 0; i < m; i++) {
                float[] x = a[i];
                add8(x[p], x[p + 1], x[p + 2], x[p + 3], x[p + 4], x[p + 5], x[p + 6], x[p + 7], b, p, c[i]);
            }
        }
        for (; p < k; p++) {
            for (int i = 0; i < m; i++) {
                add(a[i][p], b[p], c[i]);
            }
        }
    }

    @Override
    public void multiplyTransposed(float[][] a, int k, int m, float[][] b, float[][] c) {
        int p = 0;
        for (; p + 8 <= k; p += 8) {
            float[] a0 = a[p];
            float[] a1 = a[p + 1];
            float[] a2 = a[p + 2];
            float[] a3 = a[p + 3];
            float[] a4 = a[p + 4];
            float[] a5 = a[p + 5];
            float[] a6 = a[p + 6];
            float[] a7 = a[p + 7];
            for (int i = 0; i < m; i++) {
                add8(a0[i], a1[i], a2[i], a3[i], a4[i], a5[i], a6[i], a7[i], b, p, c[i]);
            }
        }
        for (; p < k; p++) {
            for (int i = 0; i < m; i++) {
                add(a[p][i], b[p], c[i]);
            }
        }
    }

    private static void add8(
            float x0,
            float x1,
            float x2,
            float x3,
            float x4,
            float x5,
            float x6,
            float x7,
            float[][] b,
            int p,
            float[] c) {
        float[] b0 = b[p];
        float[] b1 = b[p + 1];
        float[] b2 = b[p + 2];
        float[] b3 = b[p + 3];
        float[] b4 = b[p + 4];
        float[] b5 = b[p + 5];
        float[] b6 = b[p + 6];
        float[] b7 = b[p + 7];
        for (int j = 0; j < c.length; j++) {
            float half = Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], c[j]))));
            c[j] = Math.fma(x7, b7[j], Math.fma(x6, b6[j], Math.fma(x5, b5[j], Math.fma(x4, b4[j], half))));
        }
    }

    private static void add(float x, float[] b, float[] c) {
        for (int j = 0; j < c.length; j++) {
            c[j] = Math.fma(x, b[j], c[j]);
        }
    }

    @Override
    public void activate(float[][] sums, int windows, float[] before, Moment to, float[][] out) {
        int n = windows * hidden;
        reserve(n);
        for (int w = 0; w < windows; w++) {
            System.arraycopy(sums[w], 0, to.input, w * hidden, hidden);
            System.arraycopy(sums[w], hidden, to.forget, w * hidden, hidden);
            System.arraycopy(sums[w], 2 * hidden, to.cell, w * hidden, hidden);
            System.arraycopy(sums[w], 3 * hidden, to.output, w * hidden, hidden);
        }
        Squash.logistic(to.input, n);
        Squash.logistic(to.forget, n);
        Squash.tanh(to.cell, n, to.cell);
        Squash.logistic(to.output, n);
        remember(to.input, to.forget, to.cell, before, n, to.cells);
        Squash.tanh(to.cells, n, to.squashed);
        release(to.output, to.squashed, n, flat);
        for (int w = 0; w < windows; w++) {
            System.arraycopy(flat, w * hidden, out[w], 0, hidden);
        }
    }

    private static void remember(float[] input, float[] forget, float[] cell, float[] before, int n, float[] cells) {
        for (int j = 0; j < n; j++) {
            cells[j] = Math.fma(forget[j], before[j], input[j] * cell[j]);
        }
    }

    private static void release(float[] output, float[] squashed, int n, float[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = output[j] * squashed[j];
        }
    }

    @Override
    public void slopes(Moment of, int windows, float[] before, float[][] out, float[] cells, float[][] sums) {
        int n = windows * hidden;
        reserve(n);
        for (int w = 0; w < windows; w++) {
            System.arraycopy(out[w], 0, flat, w * hidden, hidden);
        }
        // In place of the activations, which nobody needs any more.
        slopes(of.input, of.forget, of.cell, of.output, before, of.squashed, flat, n, cells);
        for (int w = 0; w < windows; w++) {
            System.arraycopy(of.input, w * hidden, sums[w], 0, hidden);
            System.arraycopy(of.forget, w * hidden, sums[w], hidden, hidden);
            System.arraycopy(of.cell, w * hidden, sums[w], 2 * hidden, hidden);
            System.arraycopy(of.output, w * hidden, sums[w], 3 * hidden, hidden);
        }
    }

    private static void slopes(
            float[] input,
            float[] forget,
            float[] cell,
            float[] output,
            float[] before,
            float[] squashed,
            float[] out,
            int n,
            float[] cells) {
        for (int j = 0; j < n; j++) {
            float i = input[j];
            float f = forget[j];
            float g = cell[j];
            float o = output[j];
            float s = squashed[j];
            float c = Math.fma(out[j] * o, 1 - s * s, cells[j]);
            input[j] = c * g * (i * (1 - i));
            forget[j] = c * before[j] * (f * (1 - f));
            cell[j] = c * i * (1 - g * g);
            output[j] = out[j] * s * (o * (1 - o));
            cells[j] = c * f;
        }
    }

    private void reserve(int n) {
        if (flat.length < n) {
            flat = new float[n];
        }
    }
}
