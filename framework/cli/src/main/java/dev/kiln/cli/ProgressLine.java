package dev.kiln.cli;

import dev.kiln.tasks.WorkflowStats;
import java.time.Duration;
import java.util.Locale;

/** Puts a workflow's progress into one line. */
final class ProgressLine {

    private static final int BAR = 20;

    private ProgressLine() {}

    /**
     * Such as {@code training [########------------] 1234/3000 tasks, 4 running, 250/s, 7 s left, round 3}.
     *
     * @param doneAtStart tasks that were done before this progress began; they do not count for the rate
     * @param elapsed since it began
     * @param width longer lines are cut, so that a terminal never wraps them
     */
    static String text(String label, WorkflowStats stats, long doneAtStart, Duration elapsed, String note, int width) {
        long finished = stats.done() + stats.failed();
        long total = Math.max(stats.submitted(), finished);
        int filled = total == 0 ? 0 : (int) (BAR * finished / total);
        double seconds = elapsed.toMillis() / 1000.0;
        double rate = seconds <= 0 ? 0 : (finished - doneAtStart) / seconds;

        var line = new StringBuilder(label)
                .append(" [")
                .repeat('#', filled)
                .repeat('-', BAR - filled)
                .append("] ")
                .append(finished)
                .append('/')
                .append(total)
                .append(" tasks, ")
                .append(stats.running())
                .append(" running");
        if (rate > 0) {
            line.append(String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate));
            if (total > finished) {
                line.append(", ").append(left((total - finished) / rate));
            }
        }
        if (stats.failed() > 0) {
            line.append(", ").append(stats.failed()).append(" failed");
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
