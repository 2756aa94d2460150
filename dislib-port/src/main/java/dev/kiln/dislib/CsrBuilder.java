package dev.kiln.dislib;

import java.util.Arrays;

/** Makes a sparse block, row by row. For one thread. */
public final class CsrBuilder {

    private final int columns;
    private int[] starts = new int[64];
    private int[] indices = new int[256];
    private double[] values = new double[256];
    private int rows;
    private int stored;

    /** For a block of so many columns. */
    public CsrBuilder(int columns) {
        this.columns = columns;
    }

    /** An element of the row begun, right of those before; a zero is left out. */
    public void add(int column, double value) {
        if (value == 0) {
            return;
        }
        if (stored == values.length) {
            int more = grown(stored);
            indices = Arrays.copyOf(indices, more);
            values = Arrays.copyOf(values, more);
        }
        indices[stored] = column;
        values[stored++] = value;
    }

    /** Ends a row and begins the next. */
    public void endRow() {
        if (rows + 1 == starts.length) {
            starts = Arrays.copyOf(starts, grown(rows + 1));
        }
        starts[++rows] = stored;
    }

    /** All rows of a block of as many columns. */
    public void addRows(CsrBlock block) {
        for (int i = 0; i < block.rows(); i++) {
            for (int p = block.starts()[i]; p < block.starts()[i + 1]; p++) {
                add(block.indices()[p], block.values()[p]);
            }
            endRow();
        }
    }

    /**
     * The rows ended so far.
     *
     * @throws IllegalArgumentException when the columns of a row do not ascend
     */
    public CsrBlock build() {
        int end = starts[rows];
        return new CsrBlock(
                rows,
                columns,
                Arrays.copyOf(starts, rows + 1),
                Arrays.copyOf(indices, end),
                Arrays.copyOf(values, end));
    }

    private static int grown(int size) {
        if (size == Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a sparse block stores at most " + size + " elements; use smaller blocks");
        }
        return (int) Math.min(Integer.MAX_VALUE - 8, 2L * size);
    }
}
