package dev.kiln.lstm;

import java.util.Arrays;
import java.util.List;

/**
 * A time series of several variables, one row a point in time, in equal steps.
 *
 * @param names of the variables
 * @param columns the values: {@code columns[variable][row]}, finite numbers, all columns of one length; not to be
 *     changed afterwards
 */
public record Series(List<String> names, double[][] columns) {

    /** Checks the shape and the numbers. */
    public Series {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() != columns.length) {
            throw new IllegalArgumentException(
                    "expected one column for each of 1 or more names, found " + columns.length + " for " + names);
        }
        for (int v = 0; v < columns.length; v++) {
            if (columns[v].length != columns[0].length) {
                throw new IllegalArgumentException("expected columns of one length, found " + columns[0].length
                        + " rows of " + names.getFirst() + " and " + columns[v].length + " of " + names.get(v));
            }
            for (int row = 0; row < columns[v].length; row++) {
                if (!Double.isFinite(columns[v][row])) {
                    throw new IllegalArgumentException("expected finite numbers, found " + columns[v][row] + " in row "
                            + row + " of " + names.get(v));
                }
            }
        }
    }

    /** How many points in time. */
    public int rows() {
        return columns[0].length;
    }

    /** How many values a row has. */
    public int variables() {
        return columns.length;
    }

    /** Rows from one, inclusive, to another, exclusive. */
    public Series slice(int from, int to) {
        double[][] part = new double[columns.length][];
        for (int v = 0; v < part.length; v++) {
            part[v] = Arrays.copyOfRange(columns[v], from, to);
        }
        return new Series(names, part);
    }
}
