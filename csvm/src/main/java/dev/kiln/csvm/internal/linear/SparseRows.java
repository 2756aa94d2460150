package dev.kiln.csvm.internal.linear;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;

/**
 * Rows without their zeros.
 *
 * @param count how many rows
 * @param features values of a row, zeros included
 * @param starts where each row begins, and where the last ends
 * @param columns the column of each value, ascending in a row
 * @param values the values
 */
record SparseRows(int count, int features, int[] starts, int[] columns, float[] values) implements Rows {

    static SparseRows of(CsrBlock block, long firstRow) {
        float[] values = new float[block.stored()];
        for (int i = 0; i < block.rows(); i++) {
            for (int at = block.starts()[i]; at < block.starts()[i + 1]; at++) {
                values[at] = BlockRows.finite(block.values()[at], firstRow + i, block.indices()[at]);
            }
        }
        return new SparseRows(block.rows(), block.columns(), block.starts(), block.indices(), values);
    }

    static SparseRows of(DenseBlock block, long stored) {
        int[] starts = new int[block.rows() + 1];
        int[] columns = new int[Math.toIntExact(stored)];
        float[] values = new float[columns.length];
        double[] row = new double[block.columns()];
        int at = 0;
        for (int i = 0; i < block.rows(); i++) {
            block.copyRow(i, row, 0);
            for (int f = 0; f < row.length; f++) {
                if (row[f] != 0) {
                    columns[at] = f;
                    values[at++] = (float) row[f];
                }
            }
            starts[i + 1] = at;
        }
        return new SparseRows(block.rows(), block.columns(), starts, columns, values);
    }

    @Override
    public long stored() {
        return values.length;
    }

    @Override
    public double dot(int i, double[] w) {
        double sum = 0;
        for (int at = starts[i]; at < starts[i + 1]; at++) {
            sum += w[columns[at]] * values[at];
        }
        return sum;
    }

    @Override
    public void addTo(int i, double by, double[] w) {
        for (int at = starts[i]; at < starts[i + 1]; at++) {
            w[columns[at]] += by * values[at];
        }
    }

    @Override
    public double squaredNorm(int i) {
        double sum = 0;
        for (int at = starts[i]; at < starts[i + 1]; at++) {
            sum += (double) values[at] * values[at];
        }
        return sum;
    }
}
