package dev.kiln.command;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 30s}, {@code 5m}, {@code 1h}. */
public final class Times {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smh])");

    private Times() {}

    /**
     * A time above nothing.
     *
     * @param option for the message when it is none
     */
    public static Duration duration(String option, String text) {
        Matcher m = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches() || Long.parseLong(m.group(1)) == 0) {
            throw new UsageException(option + " " + text + ": expected a time such as 30s, 5m or 1h");
        }
        long count = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }
}
