package dev.kiln.command;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512m}, {@code 4g}. */
final class Sizes {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})([kmgt]?)b?");

    private Sizes() {}

    static long bytes(String option, String text) {
        Matcher m = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            throw new UsageException(option + " " + text + ": expected a size such as 512m or 4g");
        }
        int shift = m.group(2).isEmpty() ? 0 : 10 * (1 + "kmgt".indexOf(m.group(2)));
        long count = Long.parseLong(m.group(1));
        if (count > Long.MAX_VALUE >> shift) {
            throw new UsageException(option + " " + text + ": expected a size below 8388608t");
        }
        return count << shift;
    }
}
