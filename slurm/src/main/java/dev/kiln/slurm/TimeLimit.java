package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times in the forms that {@code sbatch --time} takes: minutes, minutes:seconds, hours:minutes:seconds, and behind
 * {@code days-} hours, hours:minutes, hours:minutes:seconds.
 */
final class TimeLimit {

    private static final Pattern LONG = Pattern.compile("(\\d{1,6})-(\\d{1,3})(?::(\\d{1,2}))?(?::(\\d{1,2}))?");
    private static final Pattern SHORT = Pattern.compile("(\\d{1,6})(?::(\\d{1,2}))?(?::(\\d{1,2}))?");

    private TimeLimit() {}

    /** A time that a user gave. */
    static Duration parse(String text) {
        Duration found = parsed(text)
                .orElseThrow(() -> new UsageException("--time " + text
                        + ": expected minutes, hours:minutes:seconds or days-hours, such as 90, 1:30:00, 2-12"));
        if (found.isZero()) {
            throw new UsageException("--time " + text + ": expected more than nothing");
        }
        return found;
    }

    /** A limit that Slurm tells; empty for none. */
    static Optional<Duration> parsed(String text) {
        Matcher days = LONG.matcher(text);
        if (days.matches()) {
            return Optional.of(Duration.ofDays(number(days.group(1)))
                    .plusHours(number(days.group(2)))
                    .plusMinutes(number(days.group(3)))
                    .plusSeconds(number(days.group(4))));
        }
        Matcher short_ = SHORT.matcher(text);
        if (!short_.matches()) {
            return Optional.empty();
        }
        Duration first = short_.group(3) == null
                ? Duration.ofMinutes(number(short_.group(1))).plusSeconds(number(short_.group(2)))
                : Duration.ofHours(number(short_.group(1)))
                        .plusMinutes(number(short_.group(2)))
                        .plusSeconds(number(short_.group(3)));
        return Optional.of(first);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
