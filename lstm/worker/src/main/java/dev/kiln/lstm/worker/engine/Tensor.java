package dev.kiln.lstm.worker.engine;

import java.util.Arrays;

/** A matrix of weights as rows, with its gradient and Adam's moments in the same shape. For one thread. */
final class Tensor {

    final int rows;
    final int columns;
    final float[][] values;
    final float[][] gradient;
    private final float[][] first;
    private final float[][] second;

    Tensor(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        values = new float[rows][columns];
        gradient = new float[rows][columns];
        first = new float[rows][columns];
        second = new float[rows][columns];
    }

    float[][] first() {
        return first;
    }

    float[][] second() {
        return second;
    }

    void clearGradient() {
        for (float[] row : gradient) {
            Arrays.fill(row, 0f);
        }
    }

    /** The squares of the gradient, added up. */
    double squares() {
        double sum = 0;
        for (float[] row : gradient) {
            for (float g : row) {
                sum += (double) g * g;
            }
        }
        return sum;
    }

    void shrinkGradient(float by) {
        for (float[] row : gradient) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= by;
            }
        }
    }

    /**
     * One step of Adam, rounded as PyTorch's: {@code values -= step m / (sqrt(v) / root + epsilon)}.
     *
     * @param step the learning rate, corrected for the bias of the first moments
     * @param root of the correction for the second moments
     */
    void descend(float step, float root) {
        for (int i = 0; i < rows; i++) {
            descend(values[i], gradient[i], first[i], second[i], step, root);
        }
    }

    private static void descend(float[] w, float[] g, float[] m, float[] v, float step, float root) {
        float beta1 = (float) Descent.BETA1;
        float beta2 = (float) Descent.BETA2;
        float rest1 = (float) (1 - Descent.BETA1);
        float rest2 = (float) (1 - Descent.BETA2);
        float epsilon = (float) Descent.EPSILON;
        for (int j = 0; j < w.length; j++) {
            m[j] = m[j] * beta1 + g[j] * rest1;
            v[j] = v[j] * beta2 + rest2 * (g[j] * g[j]);
            w[j] -= step * (m[j] / ((float) Math.sqrt(v[j]) / root + epsilon));
        }
    }

    /** Copies from rows one after another; {@code transposed} when those rows are this one's columns. */
    static void load(float[] flat, boolean transposed, float[][] into) {
        int rows = into.length;
        int columns = into[0].length;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                into[i][j] = flat[transposed ? j * rows + i : i * columns + j];
            }
        }
    }

    /** The opposite of {@link #load}. */
    static float[] save(float[][] from, boolean transposed) {
        int rows = from.length;
        int columns = from[0].length;
        float[] flat = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                flat[transposed ? j * rows + i : i * columns + j] = from[i][j];
            }
        }
        return flat;
    }

    /** {@code out = in^T}, in squares, so that the lines of both stay in the cache. */
    static void transpose(float[][] in, float[][] out) {
        int square = 16;
        for (int i0 = 0; i0 < in.length; i0 += square) {
            int i1 = Math.min(in.length, i0 + square);
            for (int j = 0; j < out.length; j++) {
                float[] line = out[j];
                for (int i = i0; i < i1; i++) {
                    line[i] = in[i][j];
                }
            }
        }
    }
}
