package dev.kiln.tasks;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls that are submitted through one handle in order, by sending each when the updates before it are
 * answered. Thread-safe: its lock guards {@code lastUpdate}, and sending is begun under it.
 */
final class CallOrder {

    private CompletableFuture<?> lastUpdate = CompletableFuture.completedFuture(null);

    /** Sends the call when its turn has come; the update before may have failed. */
    synchronized <R extends @Nullable Object> CompletableFuture<R> submit(
            boolean update, Supplier<CompletableFuture<R>> call) {
        CompletableFuture<R> result = lastUpdate.isDone()
                ? call.get()
                : lastUpdate.handle((value, failure) -> failure).thenCompose(before -> call.get());
        if (update) {
            lastUpdate = result;
        }
        return result;
    }

    /** Completed when every update submitted so far is answered; never fails. */
    synchronized CompletableFuture<?> settled() {
        return lastUpdate.isDone() ? lastUpdate : lastUpdate.handle((value, failure) -> failure);
    }

    /** Whether an update was submitted that is not answered. */
    synchronized boolean isIdle() {
        return lastUpdate.isDone();
    }
}
