package dev.kiln.dislib.data;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a data file in the plainest way, for comparison: no quotes, no faults. */
final class NaiveReader {

    private NaiveReader() {}

    /** The rows of a file: features, then the label. */
    record Row(double[] features, String label) {}

    static List<Row> csv(String text, String delimiter, boolean header, int label) {
        List<Row> rows = new ArrayList<>();
        for (String line : lines(text).stream().skip(header ? 1 : 0).toList()) {
            String[] fields = line.split(delimiter, -1);
            var features = new double[fields.length - 1];
            for (int i = 0, at = 0; i < fields.length; i++) {
                if (i != label) {
                    features[at++] = Double.parseDouble(unquoted(fields[i]));
                }
            }
            rows.add(new Row(features, unquoted(fields[label])));
        }
        return rows;
    }

    static List<Row> libsvm(String text, int features) {
        List<Row> rows = new ArrayList<>();
        for (String line : lines(text.replaceAll("#[^\n]*", ""))) {
            String[] tokens = line.strip().split("\\s+");
            var values = new double[features];
            for (int i = 1; i < tokens.length; i++) {
                String[] pair = tokens[i].split(":");
                values[Integer.parseInt(pair[0]) - 1] = Double.parseDouble(pair[1]);
            }
            rows.add(new Row(values, tokens[0]));
        }
        return rows;
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static String unquoted(String field) {
        return field.strip().replaceAll("^\"|\"$", "");
    }
}
