package dev.kiln.cli;

import dev.kiln.tasks.WorkflowStats;
import java.time.Duration;
import java.util.Locale;

/** Puts progress into one line. */
final class ProgressLine {

    private static final int BAR = 20;

    private ProgressLine() {}

    /**
     * How far something has come.
     *
     * @param unit what is counted
     * @param finished of them, failed ones included
     * @param total that there are
     * @param running of them; below 0 when nobody asks
     * @param failed of those that are finished
     */
    record Amount(String unit, long finished, long total, long running, long failed) {

        static Amount of(WorkflowStats stats) {
            long finished = stats.done() + stats.failed();
            return new Amount(
                    "tasks", finished, Math.max(stats.submitted(), finished), stats.running(), stats.failed());
        }
    }

    /**
     * Such as {@code training [########------------] 1234/3000 tasks, 4 running, 250/s, 7 s left, round 3}.
     *
     * @param finishedAtStart what was finished before this progress began; it does not count for the rate
     * @param elapsed since it began
     * @param width longer lines are cut, so that a terminal never wraps them
     */
    static String text(String label, Amount amount, long finishedAtStart, Duration elapsed, String note, int width) {
        long finished = amount.finished();
        long total = amount.total();
        int filled = total == 0 ? 0 : (int) (BAR * finished / total);
        double seconds = elapsed.toMillis() / 1000.0;
        double rate = seconds <= 0 ? 0 : (finished - finishedAtStart) / seconds;

        var line = new StringBuilder(label)
                .append(" [")
                .repeat('#', filled)
                .repeat('-', BAR - filled)
                .append("] ")
                .append(finished)
                .append('/')
                .append(total)
                .append(' ')
                .append(amount.unit());
        if (amount.running() >= 0) {
            line.append(", ").append(amount.running()).append(" running");
        }
        if (rate > 0) {
            line.append(String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate));
            if (total > finished) {
                line.append(", ").append(left((total - finished) / rate));
            }
        }
        if (amount.failed() > 0) {
            line.append(", ").append(amount.failed()).append(" failed");
        }
        if (!note.isEmpty()) {
            line.append(", ").append(note);
        }
        return line.length() <= width ? line.toString() : line.substring(0, Math.max(0, width));
    }

    private static String left(double seconds) {
        long s = (long) Math.ceil(seconds);
        if (s < 60) {
            return s + " s left";
        }
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d min left", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d h left", s / 3600, s / 60 % 60);
    }
}
