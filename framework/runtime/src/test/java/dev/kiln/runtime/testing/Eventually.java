package dev.kiln.runtime.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long STEP = 2_000_000L;

    private Eventually() {}

    /** Returns when the condition holds; fails after a minute, and at once when interrupted. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        until(LIMIT, condition);
    }

    /** The same within another time, for what takes long where the machine is slow. */
    public static void until(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("waited " + limit.toSeconds() + " s in vain");
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
