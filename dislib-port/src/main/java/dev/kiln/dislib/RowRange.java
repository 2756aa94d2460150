package dev.kiln.dislib;

/**
 * Consecutive rows of an array.
 *
 * @param from the first
 * @param to the one after the last
 */
public record RowRange(long from, long to) {

    /** Checks the order. */
    public RowRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("rows " + from + " to " + to + ": expected 0 <= from <= to");
        }
    }

    /** How many rows. */
    public int size() {
        return Math.toIntExact(to - from);
    }
}
