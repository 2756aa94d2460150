package dev.kiln.dislib;

/**
 * The size of the blocks of an array; those at its right and lower edges may be smaller.
 *
 * @param rows 1 or more
 * @param columns 1 or more
 */
public record BlockShape(int rows, int columns) {

    /** Checks the ranges. */
    public BlockShape {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "blocks(" + rows + ", " + columns + "): expected 1 row or more, and 1 column or more");
        }
        if ((long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("blocks(" + rows + ", " + columns + "): a block holds at most "
                    + (Integer.MAX_VALUE - 8) + " elements; use smaller blocks");
        }
    }

    /** To be imported statically: {@code blocks(1_000, 1_000)}. */
    public static BlockShape blocks(int rows, int columns) {
        return new BlockShape(rows, columns);
    }

    /** As messages show it: {@code 2x2}. */
    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
