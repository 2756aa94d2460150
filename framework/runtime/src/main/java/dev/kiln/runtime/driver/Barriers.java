package dev.kiln.runtime.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Those who wait for every task submitted so far. Not thread-safe: the owner of the driver's loop has it. */
final class Barriers {

    private final List<Barrier> waiting = new ArrayList<>();
    private long unsettled;
    private @Nullable ValueState firstFailed;

    void submitted() {
        unsettled++;
    }

    /** A task's value exists or has failed, for the first time. */
    void settled(ValueState value, boolean failed) {
        unsettled--;
        if (failed && (firstFailed == null || value.id < firstFailed.id)) {
            firstFailed = value;
        }
        for (int i = waiting.size() - 1; i >= 0; i--) {
            Barrier barrier = waiting.get(i);
            if (value.id < barrier.before && --barrier.remaining == 0) {
                waiting.remove(i);
                barrier.reached.complete(failedBefore(barrier.before));
            }
        }
    }

    /** Completes {@code reached} with the failed value that was submitted first, or null. */
    void add(long before, CompletableFuture<@Nullable ValueState> reached) {
        // Tasks reach the loop in the order of their numbers, so those unsettled now are those before the barrier.
        if (unsettled == 0) {
            reached.complete(failedBefore(before));
        } else {
            waiting.add(new Barrier(before, unsettled, reached));
        }
    }

    private @Nullable ValueState failedBefore(long before) {
        return firstFailed != null && firstFailed.id < before ? firstFailed : null;
    }

    private static final class Barrier {
        final long before;
        final CompletableFuture<@Nullable ValueState> reached;
        long remaining;

        Barrier(long before, long remaining, CompletableFuture<@Nullable ValueState> reached) {
            this.before = before;
            this.remaining = remaining;
            this.reached = reached;
        }
    }
}
