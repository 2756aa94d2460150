package dev.kiln.dislib.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One of the first lines of a file.
 *
 * @param number of the line, from 1
 * @param next where in the file the next line begins
 * @param bytes the line
 */
record HeadLine(long number, long next, byte[] bytes) {

    private static final char[] DELIMITERS = {';', ',', '\t', ' '};
    private static final Pattern FEATURE = Pattern.compile("(\\d+|qid):[^,;:]*");

    boolean isBlank() {
        return text().isBlank();
    }

    /** Whether the line holds a CR, other than in the CR LF at its end. */
    boolean hasBareReturn() {
        return text().indexOf('\r') >= 0;
    }

    private String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The format that the line must be of; {@link TextFormat#AUTO} when it could be of either. */
    TextFormat looksLike() {
        String text = text().strip();
        if (text.startsWith("#")) {
            return TextFormat.AUTO;
        }
        String[] tokens = text.split("#", 2)[0].strip().split("\\s+", 3);
        if (tokens.length > 1 && FEATURE.matcher(tokens[1]).matches()) {
            return TextFormat.LIBSVM;
        }
        return tokens.length == 1 && delimiter() == ' ' ? TextFormat.AUTO : TextFormat.CSV;
    }

    /** What stands between the fields; a blank also when there is one field only. */
    char delimiter() {
        for (char delimiter : DELIMITERS) {
            boolean quoted = false;
            for (byte b : bytes) {
                quoted ^= b == '"';
                if (b == delimiter && !quoted) {
                    return delimiter;
                }
            }
        }
        return ' ';
    }

    /** The fields as text. */
    List<String> cells(char delimiter) {
        var fields = new Fields(delimiter);
        fields.line(bytes, 0, bytes.length);
        List<String> cells = new ArrayList<>();
        while (fields.next()) {
            cells.add(fields.text());
        }
        return List.copyOf(cells);
    }

    /**
     * Whether the fields are names: some field besides the label's holds a text, and none a number.
     *
     * @param label the index of the label's field; -1 for none
     */
    boolean isHeader(List<String> cells, int label) {
        boolean text = false;
        for (int i = 0; i < cells.size(); i++) {
            if (i != label && !cells.get(i).isEmpty()) {
                byte[] cell = cells.get(i).getBytes(StandardCharsets.UTF_8);
                if (Double.isFinite(Numbers.parse(cell, 0, cell.length)) || Place.isNotFinite(cell, 0, cell.length)) {
                    return false;
                }
                text = true;
            }
        }
        return text;
    }
}
