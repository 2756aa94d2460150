package dev.kiln.dislib.data;

import java.nio.charset.StandardCharsets;

/**
 * A line being parsed, for the messages of what is wrong with it.
 *
 * @param file as the user gave it
 * @param line its number, from 1
 * @param bytes the bytes that hold it
 * @param from where it begins in them
 */
record Place(String file, long line, byte[] bytes, int from) {

    private static final int SHOWN = 40;

    /** An error at a byte of the line; the column counts characters. */
    BadDataException error(int at, String what) {
        long column = 1;
        for (int p = from; p < at; p++) {
            if ((bytes[p] & 0xC0) != 0x80) {
                column++;
            }
        }
        return BadDataException.at(file, line, column, what);
    }

    /** The error that these bytes are not the finite number that belongs there. */
    BadDataException notNumber(int at, int start, int end) {
        String text = text(start, end);
        if (text.isEmpty()) {
            return error(at, "expected a number, found nothing");
        }
        return error(
                at,
                isNotFinite(bytes, start, end)
                        ? "not a finite number: '" + text + "'"
                        : "expected a number, found '" + text + "'");
    }

    /** Some bytes of the line as text, cut where it is long, with nothing in it that would break a line. */
    String text(int start, int end) {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\p{Cntrl}", "?");
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Whether these bytes say NaN or infinity, or a number too large for a double. */
    static boolean isNotFinite(byte[] bytes, int start, int end) {
        if (Double.isInfinite(Numbers.parse(bytes, start, end))) {
            return true;
        }
        String word =
                new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
        return word.matches("[+-]?(nan|inf|infinity)");
    }
}
