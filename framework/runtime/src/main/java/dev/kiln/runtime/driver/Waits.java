package dev.kiln.runtime.driver;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the program that wait, so that all of them can be woken when the workflow ends. Thread-safe: a wait is
 * registered before it looks at {@code stopped}, and stopping writes that before it looks at who is registered.
 */
final class Waits {

    private static final long CLOSE_SECONDS = 10;

    private final Map<Object, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable Stop stopped;

    private record Stop(String why, @Nullable Throwable cause) {
        IllegalStateException exception() {
            return new IllegalStateException(why, cause);
        }
    }

    /** Throws when the workflow has ended. */
    void checkOpen() {
        Stop stop = stopped;
        if (stop != null) {
            throw stop.exception();
        }
    }

    /** Ends every wait, and every later one; the first reason given stands. */
    void stop(String why, @Nullable Throwable cause) {
        if (stopped == null) {
            stopped = new Stop(why, cause);
        }
        for (CompletableFuture<?> each : waiting.values()) {
            each.cancel(false);
        }
    }

    /** Waits. */
    <R extends @Nullable Object> R join(CompletableFuture<R> future, String what) {
        try {
            return join(future, what, null);
        } catch (TimeoutException e) {
            throw new AssertionError("a wait without a limit timed out", e);
        }
    }

    /** Waits for at most so long, or for ever when that is null. */
    <R extends @Nullable Object> R join(CompletableFuture<R> future, String what, @Nullable Duration atMost)
            throws TimeoutException {
        if (future.isDone() && !future.isCompletedExceptionally()) {
            return future.join();
        }
        var key = new Object();
        waiting.put(key, future);
        try {
            if (stopped != null) {
                future.cancel(false);
            }
            return atMost == null ? future.get() : future.get(nanos(atMost), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        } catch (TimeoutException e) {
            throw (TimeoutException) new TimeoutException(what + " was not done within " + atMost).initCause(e);
        } catch (CancellationException e) {
            checkOpen();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Deliverer.ValueFailed failed) {
                throw failed;
            }
            throw new IllegalStateException("waiting for " + what + " failed: " + e.getCause(), e.getCause());
        } finally {
            waiting.remove(key);
        }
    }

    /** Waits for the end of closing, whatever happens. */
    void settle(CompletableFuture<?> ended) {
        try {
            ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The loop is stuck in a transport's call: the caller must not be.
        }
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
