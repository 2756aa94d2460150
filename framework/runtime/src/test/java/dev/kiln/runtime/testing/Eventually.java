package dev.kiln.runtime.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Eventually {

    private static final long LIMIT = 60_000_000_000L;
    private static final long STEP = 2_000_000L;

    private Eventually() {}

    /** Returns when the condition holds; fails after a minute, and at once when interrupted. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - start > LIMIT) {
                throw new AssertionError("waited a minute in vain");
            }
            LockSupport.parkNanos(STEP);
        }
    }
}
