package dev.kiln.lstm;

import java.util.List;

/**
 * What is expected to come.
 *
 * @param names of the variables
 * @param columns the values in their own units: {@code columns[variable][step]}, the first step after the last row seen
 */
public record Forecast(List<String> names, double[][] columns) {

    /** How many points in time. */
    public int steps() {
        return columns[0].length;
    }
}
