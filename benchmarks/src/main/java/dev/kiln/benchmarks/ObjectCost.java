package dev.kiln.benchmarks;

import dev.kiln.tasks.ActiveObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Measures calls of an active object. */
final class ObjectCost {

    private static final int MOST_WARM_UP = 20_000;
    private static final int THREADS = 8;
    private static final int MEGABYTE = 1 << 20;

    private final ActiveObject<Echo> object;
    private final LongSupplier nanos;

    ObjectCost(ActiveObject<Echo> object, LongSupplier nanos) {
        this.object = object;
        this.nanos = nanos;
    }

    private static int warmUp(int calls) {
        return Math.min(MOST_WARM_UP, 10 * calls);
    }

    /** The median time of a call that only reads, in seconds, one after the other. */
    double readSeconds(int calls) {
        Echo echo = object.stub();
        return median(warmUp(calls), calls, () -> echo.next(1));
    }

    /** The same of an update. */
    double updateSeconds(int calls) {
        Echo echo = object.stub();
        return median(warmUp(calls) / 4, calls, echo::count);
    }

    /** The median time in which a megabyte goes there and comes back. */
    double megabyteSeconds(int calls) {
        Echo echo = object.stub();
        byte[] data = new byte[MEGABYTE];
        return median(calls, calls, () -> echo.echo(data));
    }

    /** Calls a second of 8 threads at once. */
    double callsPerSecond(int calls) {
        double best = 0;
        for (int run = 0; run < 3; run++) {
            long start = nanos.getAsLong();
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Echo echo = object.stub();
                var done = new CompletableFuture<Void>();
                threads.add(done);
                Thread.ofPlatform().daemon().name("bench-caller-" + t).start(() -> {
                    try {
                        for (int i = 0; i < calls / THREADS; i++) {
                            var _ = echo.next(i);
                        }
                        done.complete(null);
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
            }
            CompletableFuture.allOf(threads.toArray(CompletableFuture<?>[]::new))
                    .join();
            best = Math.max(best, calls / THREADS * THREADS / ((nanos.getAsLong() - start) / 1e9));
        }
        return best;
    }

    private double median(int warmUp, int calls, Runnable call) {
        for (int i = 0; i < warmUp; i++) {
            call.run();
        }
        long[] took = new long[calls];
        for (int i = 0; i < calls; i++) {
            long start = nanos.getAsLong();
            call.run();
            took[i] = nanos.getAsLong() - start;
        }
        Arrays.sort(took);
        return took[calls / 2] / 1e9;
    }
}
