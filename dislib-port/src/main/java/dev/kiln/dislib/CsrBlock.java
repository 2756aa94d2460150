package dev.kiln.dislib;

import java.util.Arrays;
import java.util.Objects;

/**
 * A block of which most elements are zero, which are not stored: compressed sparse rows. It takes 12 bytes for each
 * element stored and 4 for each row. It keeps the arrays it is given: whoever makes a block hands them over.
 *
 * @param rows the number of rows
 * @param columns the number of columns
 * @param starts row i has the elements stored at {@code starts[i]} to {@code starts[i + 1]}, exclusive; one more than
 *     there are rows, beginning with 0. Read-only by contract
 * @param indices the column of each element, ascending within a row, none twice. Read-only by contract
 * @param values the elements. Read-only by contract
 */
public record CsrBlock(int rows, int columns, int[] starts, int[] indices, double[] values) implements Block {

    /** Checks that the arrays fit together. */
    public CsrBlock {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "a block of " + rows + "x" + columns + ": expected 0 rows or more, and 0 columns or more");
        }
        if (starts.length != rows + 1 || starts[0] != 0) {
            throw new IllegalArgumentException(
                    "a sparse block of " + rows + " rows has " + (rows + 1) + " starts, from 0 on; found "
                            + starts.length + (starts.length == 0 ? "" : " from " + starts[0] + " on"));
        }
        if (starts[rows] != indices.length || indices.length != values.length) {
            throw new IllegalArgumentException("a sparse block has as many indices and values as its starts say, "
                    + starts[rows] + "; found " + indices.length + " and " + values.length);
        }
        for (int i = 0; i < rows; i++) {
            checkRow(i, columns, starts, indices);
        }
    }

    private static void checkRow(int row, int columns, int[] starts, int[] indices) {
        int last = -1;
        for (int p = starts[row]; p < starts[row + 1]; p++) {
            if (indices[p] <= last || indices[p] >= columns) {
                throw new IllegalArgumentException("row " + row + " of a sparse block has column " + indices[p]
                        + " after " + last + "; expected columns that ascend, below " + columns);
            }
            last = indices[p];
        }
        if (starts[row + 1] < starts[row]) {
            throw new IllegalArgumentException("row " + row + " of a sparse block ends before it begins");
        }
    }

    /** The elements of a block that are not zero. */
    public static CsrBlock of(Block block) {
        if (block instanceof CsrBlock sparse) {
            return sparse;
        }
        var builder = new CsrBuilder(block.columns());
        double[] row = new double[block.columns()];
        for (int i = 0; i < block.rows(); i++) {
            block.copyRow(i, row, 0);
            for (int j = 0; j < row.length; j++) {
                builder.add(j, row[j]);
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** How many elements are stored. */
    public int stored() {
        return values.length;
    }

    @Override
    public double get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        int at = Arrays.binarySearch(indices, starts[row], starts[row + 1], column);
        return at < 0 ? 0 : values[at];
    }

    @Override
    public void copyRow(int row, double[] target, int offset) {
        Objects.checkIndex(row, rows);
        Arrays.fill(target, offset, offset + columns, 0);
        for (int p = starts[row]; p < starts[row + 1]; p++) {
            target[offset + indices[p]] = values[p];
        }
    }

    /**
     * This block with every element stored.
     *
     * @throws IllegalStateException when these are more than one Java array can hold
     */
    @Override
    public DenseBlock toDense() {
        if (!new BlockShape(Math.max(1, rows), Math.max(1, columns)).fitsArray()) {
            throw new IllegalStateException(
                    this + " is too large to be made dense; work on smaller blocks, or on its elements");
        }
        double[] all = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            copyRow(i, all, i * columns);
        }
        return new DenseBlock(rows, columns, all);
    }

    @Override
    public CsrBlock slice(int fromRow, int toRow, int fromColumn, int toColumn) {
        Objects.checkFromToIndex(fromRow, toRow, rows);
        Objects.checkFromToIndex(fromColumn, toColumn, columns);
        if (fromRow == 0 && toRow == rows && fromColumn == 0 && toColumn == columns) {
            return this;
        }
        var builder = new CsrBuilder(toColumn - fromColumn);
        for (int i = fromRow; i < toRow; i++) {
            for (int p = starts[i]; p < starts[i + 1]; p++) {
                if (indices[p] >= fromColumn && indices[p] < toColumn) {
                    builder.add(indices[p] - fromColumn, values[p]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** Equal when of the same shape with the same elements stored, bit by bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CsrBlock(int r, int c, int[] s, int[] i, double[] v)
                && r == rows
                && c == columns
                && Arrays.equals(s, starts)
                && Arrays.equals(i, indices)
                && Arrays.equals(v, values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * rows + columns) + Arrays.hashCode(indices)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "CsrBlock[" + rows + "x" + columns + ", " + values.length + " stored]";
    }
}
