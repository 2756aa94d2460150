package dev.kiln.dislib;

/**
 * The size of a whole array.
 *
 * @param rows 1 or more
 * @param columns 1 or more
 */
public record Shape(long rows, long columns) {

    /** Checks the ranges. */
    public Shape {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "shape(" + rows + ", " + columns + "): expected 1 row or more, and 1 column or more");
        }
    }

    /** To be imported statically: {@code shape(8_000, 8_000)}. */
    public static Shape shape(long rows, long columns) {
        return new Shape(rows, columns);
    }

    /** As messages show it: {@code 8x4}. */
    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
