package dev.kiln.dislib.data;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers in bytes of ASCII, with the very bits that {@link Double#parseDouble} gives. Up to 2^53 in the digits
 * and 10^22 in the exponent both parts are exact in a double, so one multiplication or division rounds correctly
 * (Clinger, "How to read floating point numbers accurately", PLDI 1990); the rest is left to the library.
 */
final class Numbers {

    private static final long MAX_EXACT = 1L << 53;
    private static final int MAX_DIGITS = 18;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Numbers() {}

    /**
     * The number written in these bytes: a sign, digits with a point among them, and an exponent, all but the digits
     * optional. Hexadecimal numbers and the suffixes of Java are not numbers here.
     *
     * @return NaN when it is not a number; an infinity when it is too large for a double
     */
    static double parse(byte[] b, int from, int to) {
        int p = from;
        boolean negative = false;
        if (p < to && (b[p] == '-' || b[p] == '+')) {
            negative = b[p++] == '-';
        }
        long digits = 0;
        int significant = 0;
        int scale = 0;
        int seen = 0;
        boolean point = false;
        for (; p < to; p++) {
            int c = b[p];
            if (c >= '0' && c <= '9') {
                seen++;
                if (significant > 0 || c != '0') {
                    significant++;
                }
                if (significant <= MAX_DIGITS) {
                    digits = digits * 10 + (c - '0');
                }
                if (point) {
                    scale--;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return Double.NaN;
        }
        if (p < to) {
            int end = endOfExponent(b, p, to);
            if (end != to) {
                return Double.NaN;
            }
            int exponent = exponent(b, p + 1, to);
            scale += exponent;
        }
        if (significant <= MAX_DIGITS && digits <= MAX_EXACT && scale >= -22 && scale <= 22) {
            double value = scale < 0 ? digits / POWERS[-scale] : digits * POWERS[scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private static int endOfExponent(byte[] b, int from, int to) {
        int p = from;
        if (b[p] != 'e' && b[p] != 'E') {
            return p;
        }
        p++;
        if (p < to && (b[p] == '-' || b[p] == '+')) {
            p++;
        }
        int firstDigit = p;
        while (p < to && b[p] >= '0' && b[p] <= '9') {
            p++;
        }
        return p == firstDigit ? from : p;
    }

    /** The exponent, cut at a size that makes the caller take the slow way. */
    private static int exponent(byte[] b, int from, int to) {
        boolean negative = b[from] == '-';
        int value = 0;
        for (int p = from; p < to; p++) {
            if (b[p] >= '0' && b[p] <= '9') {
                value = Math.min(100_000, value * 10 + (b[p] - '0'));
            }
        }
        return negative ? -value : value;
    }
}
