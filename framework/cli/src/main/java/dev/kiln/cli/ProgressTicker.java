package dev.kiln.cli;

import dev.kiln.command.Console;
import java.time.InstantSource;
import java.util.function.LongConsumer;

/**
 * Redraws a {@link ProgressDisplay} ten times a second from a daemon thread of its own, so that what it costs does not
 * grow with the number of tasks. The display and {@code note} are guarded by this object's lock; nothing else is
 * locked while it is held, but a workflow's statistics are read.
 */
final class ProgressTicker implements Console.Progress {

    private static final long PERIOD_MILLIS = 100;

    private final ProgressDisplay display;
    private final InstantSource clock;
    private final LongConsumer steps;
    private String note = "";
    private boolean closed;

    /**
     * Begins to draw.
     *
     * @param steps is told of steps that are done
     */
    ProgressTicker(ProgressDisplay display, InstantSource clock, LongConsumer steps) {
        this.display = display;
        this.clock = clock;
        this.steps = steps;
        Thread.ofPlatform().daemon().name("kiln-progress").start(this::tick);
    }

    @Override
    public synchronized void note(String text) {
        note = text;
    }

    @Override
    public void done(long done) {
        steps.accept(done);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            display.clear();
            notifyAll();
        }
    }

    private synchronized void tick() {
        try {
            while (!closed) {
                wait(PERIOD_MILLIS);
                if (!closed) {
                    display.draw(note, clock.instant());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The workflow was closed before its progress was.
            display.clear();
        }
    }
}
