package dev.kiln.dislib.data;

import java.util.List;

/**
 * The labels of the rows of one block.
 *
 * @param codes for each row, an index into {@code names}
 * @param names the different labels of this block, sorted as {@link Labels#distinct}
 */
public record LabelBlock(int[] codes, List<String> names) {

    /** The label of a row. */
    public String label(int row) {
        return names.get(codes[row]);
    }

    /** The number of rows. */
    public int rows() {
        return codes.length;
    }
}
