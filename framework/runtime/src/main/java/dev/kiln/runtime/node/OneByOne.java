package dev.kiln.runtime.node;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs actions one at a time, in order, on threads of others. Thread-safe: its lock guards the queue. */
final class OneByOne {

    private final Executor threads;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    OneByOne(Executor threads) {
        this.threads = threads;
    }

    void add(Runnable action) {
        synchronized (this) {
            waiting.add(action);
            if (busy) {
                return;
            }
            busy = true;
        }
        begin();
    }

    private void begin() {
        CheckpointIo.begin(threads, this::next);
    }

    private void next() {
        Runnable action;
        synchronized (this) {
            action = waiting.poll();
            if (action == null) {
                busy = false;
                return;
            }
        }
        try {
            action.run();
        } finally {
            // Others who use the threads have their turn in between.
            begin();
        }
    }
}
