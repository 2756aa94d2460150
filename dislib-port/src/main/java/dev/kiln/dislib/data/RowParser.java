package dev.kiln.dislib.data;

/** Parses the rows of one block, line by line, into an array that it is given. Not thread-safe; one per task. */
interface RowParser {

    /**
     * Parses a line that is not blank.
     *
     * @param place the line, for messages
     * @param to where the line ends
     * @param values receives the features from {@code offset} on; holds zeros there before
     * @throws BadDataException when it is not a row
     */
    void parse(Place place, int to, double[] values, int offset);

    /** For a layout; {@code labels} is told the label of each row, where there are labels. */
    static RowParser of(Layout layout, int features, LabelCollector labels) {
        return layout.format() == TextFormat.LIBSVM ? new LibsvmRows(features, labels) : new CsvRows(layout, labels);
    }
}
