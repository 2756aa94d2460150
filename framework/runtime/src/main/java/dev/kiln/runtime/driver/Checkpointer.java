package dev.kiln.runtime.driver;

import dev.kiln.runtime.checkpoint.Identity;
import dev.kiln.runtime.checkpoint.Key;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes checkpoints: every so often on a thread of its own, and when asked to. One at a time; thread-safe.
 *
 * <p>A checkpoint is of a moment: the tasks that were done then, and the values that those which were not done, and the
 * program, need of them. Writing the values takes time, in which the workflow goes on; what is done meanwhile is for the
 * next.
 */
final class Checkpointer {

    /** How long the last one, when a workflow is closed, may take. */
    private static final Duration AT_THE_END = Duration.ofMinutes(2);

    private final Checkpoint checkpoint;
    private final Moments moments;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final ReentrantLock one = new ReentrantLock();

    /**
     * What a checkpoint is made of.
     *
     * @param done the tasks that are done and were not before
     * @param needed the values that it has to have
     * @param updates of those, the ones that a running update is making
     * @param saves tell when each is in its file, and why it is not
     */
    record Moment(
            List<Identity> done,
            Set<Key> needed,
            List<Identity> updates,
            List<CompletableFuture<@Nullable String>> saves) {}

    /** The driver, which alone knows what is done and needed. */
    interface Moments {

        /** Now. */
        Moment take();

        /** It came to nothing. */
        void giveBack(List<Identity> done);
    }

    Checkpointer(Checkpoint checkpoint, Moments moments) {
        this.checkpoint = checkpoint;
        this.moments = moments;
    }

    /** Begins to make one every so often. */
    void begin(Duration every) {
        Thread.ofPlatform().daemon().name("kiln-checkpoint").start(() -> {
            while (!ended.isDone()) {
                try {
                    ended.get(every.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException now) {
                    tell(() -> make(null));
                } catch (InterruptedException | ExecutionException e) {
                    return;
                }
            }
        });
    }

    /** Makes no more, after a last one if that is wanted and this has not been called before. */
    void end(boolean last) {
        if (ended.complete(null) && last) {
            tell(() -> make(AT_THE_END));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // a workflow goes on without checkpoints
    private void tell(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            checkpoint.note(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes one now.
     *
     * @param limit how long it may take, or null
     * @throws IllegalStateException when it cannot be made; the one before it stands
     */
    void make(@Nullable Duration limit) {
        long deadline = System.nanoTime() + (limit == null ? Long.MAX_VALUE / 2 : limit.toNanos());
        try {
            if (!one.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw failed("another is not done after " + limit);
            }
            try {
                make(moments.take(), deadline);
            } finally {
                one.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    private void make(Moment moment, long deadline) throws InterruptedException {
        boolean complete = false;
        List<Identity> done = new ArrayList<>(moment.done());
        try {
            for (CompletableFuture<@Nullable String> save : moment.saves()) {
                String problem = save.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (problem != null) {
                    throw failed(problem);
                }
            }
            String problem = checkpoint.settle();
            if (problem != null) {
                throw failed(problem);
            }
            // Those that were being updated count as what became of them.
            moment.updates().stream()
                    .filter(update -> checkpoint.keeps(Key.of(update)))
                    .forEach(done::add);
            checkpoint.commit(done, moment.needed());
            complete = true;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw failed(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw failed("what is needed was not written in time");
        } finally {
            if (!complete) {
                moments.giveBack(moment.done());
            }
        }
    }

    private static IllegalStateException failed(String why) {
        return new IllegalStateException("no checkpoint was written, so the one before stands: " + why);
    }
}
