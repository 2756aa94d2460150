package dev.kiln.csvm.internal.linear;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;

/** Rows of features as floats, kept row by row, as descent wants them. Immutable by contract. */
public sealed interface Rows permits DenseRows, SparseRows {

    /** A dense block whose elements are zero to at least this part is kept without its zeros. */
    double SPARSE_FROM = 0.75;

    /** How many rows. */
    int count();

    /** How many values a row has. */
    int features();

    /** How many values are kept: what one pass costs. */
    long stored();

    /** {@code w * x_i}, added up in an order that depends on the row alone. */
    double dot(int i, double[] w);

    /** {@code w += by * x_i}. */
    void addTo(int i, double by, double[] w);

    /** {@code |x_i|^2}. */
    double squaredNorm(int i);

    /**
     * The rows of a block.
     *
     * @param firstRow the number of the first row in the whole array, for messages
     * @throws IllegalArgumentException when a value is not finite as a float
     */
    static Rows of(Block block, long firstRow) {
        return switch (block) {
            case DenseBlock dense -> of(dense, firstRow);
            case CsrBlock sparse -> SparseRows.of(sparse, firstRow);
        };
    }

    private static Rows of(DenseBlock block, long firstRow) {
        double[] row = new double[block.columns()];
        long stored = 0;
        for (int i = 0; i < block.rows(); i++) {
            block.copyRow(i, row, 0);
            for (int f = 0; f < row.length; f++) {
                BlockRows.finite(row[f], firstRow + i, f);
                stored += row[f] != 0 ? 1 : 0;
            }
        }
        long all = (long) block.rows() * block.columns();
        return stored <= (1 - SPARSE_FROM) * all ? SparseRows.of(block, stored) : DenseRows.of(block);
    }
}
