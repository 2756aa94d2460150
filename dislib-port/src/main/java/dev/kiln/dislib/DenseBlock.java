package dev.kiln.dislib;

import java.util.Arrays;
import java.util.Objects;

/**
 * A block with every element stored, row after row. It keeps the array it is given: whoever makes a block hands the
 * array over.
 *
 * @param rows the number of rows
 * @param columns the number of columns
 * @param values {@code rows * columns} elements; element (i, j) is at {@code i * columns + j}. Read-only by contract
 */
public record DenseBlock(int rows, int columns, double[] values) implements Block {

    /** Checks that the array has the size that rows and columns say. */
    public DenseBlock {
        Objects.requireNonNull(values, "values");
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "a block of " + rows + "x" + columns + ": expected 0 rows or more, and 0" + " columns or more");
        }
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException("a block of " + rows + "x" + columns + " has " + (long) rows * columns
                    + " elements; found " + values.length);
        }
    }

    /**
     * A block with these rows, copied.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public static DenseBlock of(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        var values = new double[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " columns; expected " + columns + " as in row 0");
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return new DenseBlock(rows.length, columns, values);
    }

    @Override
    public double get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return values[row * columns + column];
    }

    @Override
    public void copyRow(int row, double[] target, int offset) {
        Objects.checkIndex(row, rows);
        System.arraycopy(values, row * columns, target, offset, columns);
    }

    @Override
    public DenseBlock toDense() {
        return this;
    }

    @Override
    public DenseBlock slice(int fromRow, int toRow, int fromColumn, int toColumn) {
        Objects.checkFromToIndex(fromRow, toRow, rows);
        Objects.checkFromToIndex(fromColumn, toColumn, columns);
        if (fromRow == 0 && toRow == rows && fromColumn == 0 && toColumn == columns) {
            return this;
        }
        int width = toColumn - fromColumn;
        var some = new double[(toRow - fromRow) * width];
        for (int i = fromRow; i < toRow; i++) {
            System.arraycopy(values, i * columns + fromColumn, some, (i - fromRow) * width, width);
        }
        return new DenseBlock(toRow - fromRow, width, some);
    }

    /** Equal when of the same shape with the same elements, bit by bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DenseBlock(int r, int c, double[] v)
                && r == rows
                && c == columns
                && Arrays.equals(v, values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "DenseBlock[" + rows + "x" + columns + "]";
    }
}
