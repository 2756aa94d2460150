package dev.kiln.dislib.data;

import java.util.function.DoubleConsumer;

/** Parses the rows of one block, line by line, into an array that it is given. Not thread-safe; one per task. */
interface RowParser {

    /**
     * Parses a line that is not blank.
     *
     * @param place the line, for messages
     * @param to where the line ends
     * @param sink receives the features; the row is not ended there
     * @throws BadDataException when it is not a row
     */
    void parse(Place place, int to, RowSink sink);

    /** For a layout; {@code labels} and {@code weights} are told those of each row, where there are any. */
    static RowParser of(Layout layout, int features, LabelCollector labels, DoubleConsumer weights) {
        return layout.format() == TextFormat.LIBSVM
                ? new LibsvmRows(features, labels)
                : new CsvRows(layout, labels, weights);
    }
}
