package dev.kiln.dislib;

/**
 * A part of a matrix that is kept, sent and worked on as one value. Read-only by contract: tasks on one node share it
 * by reference.
 */
public sealed interface Block permits DenseBlock, CsrBlock {

    /** The number of rows, 0 or more. */
    int rows();

    /** The number of columns, 0 or more. */
    int columns();

    /**
     * One element.
     *
     * @throws IndexOutOfBoundsException when there is no such row or column
     */
    double get(int row, int column);

    /** Copies a row into {@code target}, from {@code offset} on; all {@link #columns()} elements, zeros included. */
    void copyRow(int row, double[] target, int offset);

    /** This block with every element stored; itself where it is dense already. */
    DenseBlock toDense();

    /**
     * Some of its rows and columns, of the same kind as this block; perhaps the block itself where that is all of it.
     *
     * @param toRow the row after the last
     * @param toColumn the column after the last
     */
    Block slice(int fromRow, int toRow, int fromColumn, int toColumn);

    /** Some rows with all their columns; {@code to} is the one after the last. */
    default Block rows(int from, int to) {
        return slice(from, to, 0, columns());
    }

    /** A row as a new array. */
    default double[] row(int row) {
        var copy = new double[columns()];
        copyRow(row, copy, 0);
        return copy;
    }
}
