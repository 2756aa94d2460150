package dev.kiln.csvm.internal.linear;

import dev.kiln.dislib.DenseBlock;

/**
 * Rows with every value kept.
 *
 * @param count how many rows
 * @param features values of a row
 * @param values row after row
 */
record DenseRows(int count, int features, float[] values) implements Rows {

    static DenseRows of(DenseBlock block) {
        int features = block.columns();
        float[] values = new float[block.rows() * features];
        double[] row = new double[features];
        for (int i = 0; i < block.rows(); i++) {
            block.copyRow(i, row, 0);
            for (int f = 0; f < features; f++) {
                values[i * features + f] = (float) row[f];
            }
        }
        return new DenseRows(block.rows(), features, values);
    }

    @Override
    public long stored() {
        return values.length;
    }

    /** Four sums side by side, because one would wait for each addition. */
    @Override
    public double dot(int i, double[] w) {
        int at = i * features;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int f = 0;
        for (; f + 4 <= features; f += 4, at += 4) {
            a += w[f] * values[at];
            b += w[f + 1] * values[at + 1];
            c += w[f + 2] * values[at + 2];
            d += w[f + 3] * values[at + 3];
        }
        for (; f < features; f++, at++) {
            a += w[f] * values[at];
        }
        return (a + b) + (c + d);
    }

    @Override
    public void addTo(int i, double by, double[] w) {
        int at = i * features;
        for (int f = 0; f < features; f++) {
            w[f] += by * values[at + f];
        }
    }

    @Override
    public double squaredNorm(int i) {
        double sum = 0;
        for (int at = i * features; at < (i + 1) * features; at++) {
            sum += (double) values[at] * values[at];
        }
        return sum;
    }
}
