package dev.kiln.dislib.data;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes a line of CSV apart, field by field: blanks around a field and quotes are left out. Not thread-safe; one per
 * task.
 */
final class Fields {

    private final char delimiter;
    private byte[] bytes = {};
    private int limit;
    private int next;
    private boolean more;
    private int place;
    private int start;
    private int end;
    private boolean doubledQuotes;
    private @Nullable String fault;

    Fields(char delimiter) {
        this.delimiter = delimiter;
    }

    /** Begins a line. */
    void line(byte[] line, int from, int to) {
        bytes = line;
        limit = to;
        next = delimiter == ' ' ? skipBlanks(from) : from;
        more = delimiter != ' ' || next < to;
        fault = null;
    }

    /** Moves to the next field of the line; false when there is none. */
    boolean next() {
        if (!more) {
            return false;
        }
        fault = null;
        doubledQuotes = false;
        int p = skipBlanks(next);
        place = p;
        if (p < limit && bytes[p] == '"') {
            p = quoted(p + 1);
        } else {
            start = p;
            while (p < limit && !isDelimiter(bytes[p])) {
                p++;
            }
            end = p;
            while (end > start && isSpace(bytes[end - 1])) {
                end--;
            }
        }
        if (delimiter == ' ') {
            next = skipBlanks(p);
            more = next < limit;
        } else {
            next = p + 1;
            more = p < limit;
        }
        return true;
    }

    private int quoted(int from) {
        start = from;
        int p = from;
        while (p < limit) {
            if (bytes[p] == '"') {
                if (p + 1 < limit && bytes[p + 1] == '"') {
                    doubledQuotes = true;
                    p++;
                } else {
                    break;
                }
            }
            p++;
        }
        end = p;
        if (p >= limit) {
            fault = "the quote that begins here has no end on this line";
            return p;
        }
        p++;
        if (delimiter != ' ') {
            p = skipBlanks(p);
        }
        if (p < limit && !isDelimiter(bytes[p])) {
            fault = "expected the end of the field after its closing quote";
            while (p < limit && !isDelimiter(bytes[p])) {
                p++;
            }
        }
        return p;
    }

    /** Where the field begins, the opening quote included. */
    int place() {
        return place;
    }

    /** Where its content begins. */
    int start() {
        return start;
    }

    /** Where its content ends, exclusive. */
    int end() {
        return end;
    }

    /** Whether {@link #text} differs from the bytes, since it holds quotes that are doubled there. */
    boolean isRewritten() {
        return doubledQuotes;
    }

    /** What is wrong with its quotes; null when nothing is. */
    @Nullable String fault() {
        return fault;
    }

    /** The content. */
    String text() {
        var text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        return doubledQuotes ? text.replace("\"\"", "\"") : text;
    }

    private int skipBlanks(int from) {
        int p = from;
        while (p < limit && isSpace(bytes[p])) {
            p++;
        }
        return p;
    }

    private boolean isSpace(byte c) {
        return c == ' ' || (c == '\t' && delimiter != '\t');
    }

    private boolean isDelimiter(byte c) {
        return c == delimiter || (delimiter == ' ' && c == '\t');
    }
}
