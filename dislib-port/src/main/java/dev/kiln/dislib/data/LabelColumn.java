package dev.kiln.dislib.data;

/**
 * Which column of a CSV file holds the labels. A LIBSVM file has them at the front of each line, whatever this says.
 *
 * @param text {@code first}, {@code last}, the name of a column, or its number counted from 1; empty for none
 */
public record LabelColumn(String text) {

    /** The first column. */
    public static LabelColumn first() {
        return new LabelColumn("first");
    }

    /** The last column. */
    public static LabelColumn last() {
        return new LabelColumn("last");
    }

    /** No column: all are features. */
    public static LabelColumn none() {
        return new LabelColumn("");
    }

    /** What a user writes: {@code first}, {@code last}, a name, or a number counted from 1. */
    public static LabelColumn of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "label column '': expected first, last, the name of a column, or its number");
        }
        return new LabelColumn(text.strip());
    }

    boolean isNone() {
        return text.isEmpty();
    }
}
