package dev.kiln.dislib.data;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** How labels are written and ordered: numbers by value, and before other texts. */
final class LabelNames {

    static final Comparator<String> ORDER = LabelNames::compare;

    private static final double EXACT_INTEGERS = 0x1.0p53;

    private LabelNames() {}

    /** One text for all ways to write a number: {@code 1}, {@code +1} and {@code 1.0} are the label {@code 1}. */
    static String canonical(String label) {
        String text = label.strip();
        double number = number(text);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return text;
        }
        return number == Math.rint(number) && Math.abs(number) <= EXACT_INTEGERS
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    static boolean isNumber(String label) {
        return Double.isFinite(number(label));
    }

    private static double number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Numbers.parse(bytes, 0, bytes.length);
    }

    private static int compare(String a, String b) {
        double x = number(a);
        double y = number(b);
        boolean numbers = Double.isFinite(x) && Double.isFinite(y);
        if (numbers && x != y) {
            return Double.compare(x, y);
        }
        if (Double.isFinite(x) != Double.isFinite(y)) {
            return Double.isFinite(x) ? -1 : 1;
        }
        return a.compareTo(b);
    }
}
