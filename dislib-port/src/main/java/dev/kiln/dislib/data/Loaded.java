package dev.kiln.dislib.data;

import dev.kiln.dislib.DsArray;
import java.util.List;

/**
 * What a file held.
 *
 * @param x the features, a row a line of the file, in blocks as wide as the array
 * @param labels their labels; of no rows when the file has no label column
 * @param names the names of the features; empty where the file does not give them
 */
public record Loaded(DsArray x, Labels labels, List<String> names) {

    /** Whether the rows have labels. */
    public boolean isLabelled() {
        return labels.rows() > 0;
    }
}
