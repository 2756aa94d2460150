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
    }

    /** Whether one array can hold the elements of a block, zeros included: dense blocks are no larger. */
    boolean fitsArray() {
        return (long) rows * columns <= Integer.MAX_VALUE - 8;
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
