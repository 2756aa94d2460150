package dev.kiln.csvm.internal.rows;

import dev.kiln.dislib.Block;

/** The labels of rows of two classes. */
public final class Signs {

    private Signs() {}

    /**
     * The one column of a block.
     *
     * @param firstRow the number of its first row in the whole array, for the message
     * @throws IllegalArgumentException when a label is neither +1 nor -1
     */
    public static byte[] of(Block y, long firstRow) {
        byte[] labels = new byte[y.rows()];
        for (int i = 0; i < labels.length; i++) {
            double label = y.get(i, 0);
            if (Math.abs(label) != 1) {
                throw new IllegalArgumentException("the label of row " + (firstRow + i) + " is " + label
                        + "; expected +1 or -1 (Labels.signs makes such labels)");
            }
            labels[i] = (byte) label;
        }
        return labels;
    }
}
