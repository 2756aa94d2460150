package dev.kiln.dislib.data;

import dev.kiln.dislib.DsArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file held.
 *
 * @param x the features, a row a line of the file, in blocks as wide as the array
 * @param labels their labels; of no rows when the file has no label column
 * @param weights one column with the weight of each row, in the blocks of x; null unless asked for
 * @param names the names of the features; empty where the file does not give them
 * @param sparse whether the blocks of x are sparse
 */
public record Loaded(DsArray x, Labels labels, @Nullable DsArray weights, List<String> names, boolean sparse) {

    /** Whether the rows have labels. */
    public boolean isLabelled() {
        return labels.rows() > 0;
    }
}
