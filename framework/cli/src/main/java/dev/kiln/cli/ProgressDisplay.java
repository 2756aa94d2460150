package dev.kiln.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Draws progress: on a terminal one line that is redrawn, elsewhere a line every ten seconds. All
 * methods are called under one lock, that of {@link ProgressTicker}.
 */
final class ProgressDisplay {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String CLEAR = "\r\033[K";

    private final String label;
    private final Supplier<ProgressLine.Amount> amount;
    private final PrintWriter err;
    private final Terminal terminal;
    private final Instant start;
    private final long finishedAtStart;
    private Instant lastLine;
    private boolean drawn;

    ProgressDisplay(
            String label, Supplier<ProgressLine.Amount> amount, PrintWriter err, Terminal terminal, Instant now) {
        this.label = label;
        this.amount = amount;
        this.err = err;
        this.terminal = terminal;
        this.start = now;
        this.lastLine = now;
        this.finishedAtStart = amount.get().finished();
    }

    /** Draws what is true now; at most once for every call. */
    void draw(String note, Instant now) {
        if (!terminal.err() && Duration.between(lastLine, now).compareTo(BETWEEN_LINES) < 0) {
            return;
        }
        lastLine = now;
        Duration elapsed = Duration.between(start, now);
        if (terminal.err()) {
            String line =
                    ProgressLine.text(label, amount.get(), finishedAtStart, elapsed, note, terminal.columns() - 1);
            err.print(CLEAR + line);
            drawn = true;
        } else {
            err.println(ProgressLine.text(label, amount.get(), finishedAtStart, elapsed, note, Integer.MAX_VALUE));
        }
        err.flush();
    }

    /** Leaves no trace on a terminal. */
    void clear() {
        if (drawn) {
            err.print(CLEAR);
            err.flush();
            drawn = false;
        }
    }
}
