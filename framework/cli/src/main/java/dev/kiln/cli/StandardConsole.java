package dev.kiln.cli;

import dev.kiln.command.Console;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The console of one run of {@code kiln}. Whether progress is shown is known only once the arguments are parsed, and
 * set then by the main thread; the rest never changes.
 */
final class StandardConsole implements Console {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal;
    private final InstantSource clock;
    private volatile boolean showsProgress = true;

    StandardConsole(PrintWriter out, PrintWriter err, Terminal terminal, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    Terminal terminal() {
        return terminal;
    }

    void hideProgress() {
        showsProgress = false;
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public void json(Object value) {
        out.println(Json.line(value));
        out.flush();
    }

    @Override
    public Progress progress(String label, Workflow workflow) {
        if (!showsProgress) {
            return NoProgress.INSTANCE;
        }
        return ticker(label, () -> ProgressLine.Amount.of(workflow.stats()), done -> {});
    }

    @Override
    public Progress progress(String label, String unit, long all) {
        if (!showsProgress) {
            return NoProgress.INSTANCE;
        }
        var steps = new AtomicLong();
        return ticker(label, () -> new ProgressLine.Amount(unit, steps.get(), all, -1, 0), steps::set);
    }

    private Progress ticker(String label, Supplier<ProgressLine.Amount> amount, LongConsumer steps) {
        return new ProgressTicker(new ProgressDisplay(label, amount, err, terminal, clock.instant()), clock, steps);
    }

    private enum NoProgress implements Progress {
        INSTANCE;

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
    }
}
