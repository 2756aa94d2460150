package dev.kiln.dislib.data;

import java.util.function.DoubleConsumer;

/** Rows of CSV. */
final class CsvRows implements RowParser {

    private final Layout layout;
    private final LabelCollector labels;
    private final DoubleConsumer weights;
    private final Fields fields;

    CsvRows(Layout layout, LabelCollector labels, DoubleConsumer weights) {
        this.layout = layout;
        this.labels = labels;
        this.weights = weights;
        this.fields = new Fields(layout.delimiter());
    }

    @Override
    public void parse(Place place, int to, RowSink sink) {
        byte[] bytes = place.bytes();
        fields.line(bytes, place.from(), to);
        int at = 0;
        for (int i = 0; i < layout.fields(); i++) {
            if (!fields.next()) {
                throw place.error(to, wrongCount(i));
            }
            String fault = fields.fault();
            if (fault != null) {
                throw place.error(fields.place(), fault);
            }
            if (i == layout.label()) {
                if (fields.start() == fields.end()) {
                    throw place.error(fields.place(), "the label is missing");
                }
                labels.add(place, fields);
            } else {
                double value = Numbers.parse(bytes, fields.start(), fields.end());
                if (!Double.isFinite(value)) {
                    BadDataException notNumber = place.notNumber(fields.place(), fields.start(), fields.end());
                    checkCount(place, to);
                    throw notNumber;
                }
                if (i == layout.weight()) {
                    if (value < 0) {
                        throw place.error(
                                fields.place(),
                                "expected a weight, 0 or more, found '" + place.text(fields.start(), fields.end())
                                        + "'");
                    }
                    weights.accept(value);
                } else {
                    sink.add(at++, value);
                }
            }
        }
        if (fields.next()) {
            int surplus = fields.place();
            int found = layout.fields() + 1;
            while (fields.next()) {
                found++;
            }
            throw place.error(surplus, wrongCount(found));
        }
    }

    /** A row with a field too few or too many has its fields in the wrong columns: then that is what to say. */
    private void checkCount(Place place, int to) {
        fields.line(place.bytes(), place.from(), to);
        int found = 0;
        while (fields.next()) {
            if (fields.fault() != null) {
                return;
            }
            found++;
        }
        if (found != layout.fields()) {
            throw place.error(to, wrongCount(found));
        }
    }

    private String wrongCount(int found) {
        return "expected " + layout.fields() + (layout.fields() == 1 ? " field" : " fields") + ", found " + found;
    }
}
