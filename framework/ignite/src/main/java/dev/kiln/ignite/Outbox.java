package dev.kiln.ignite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is emptied many messages at a time: while one batch is on its way the next gathers. Any thread adds. A
 * thread of the outbox's own sends; but the first small messages after a pause are sent by the thread that adds them, since
 * waking another takes longer than that, and somebody may be waiting for just these.
 *
 * <p>Thread-safe. Whoever holds {@code turn} takes messages out and sends them, so what is sent keeps the order of
 * adding; no other lock of Kiln's is taken under it.
 *
 * @param <M> what is sent
 */
final class Outbox<M> implements AutoCloseable {

    private static final int MOST_MESSAGES = 1000;
    private static final long MOST_BYTES = 1 << 20;
    private static final long SMALL_BYTES = 4 << 10;
    /** Who sends less often than this gains nothing by gathering. */
    private static final long PAUSE_NANOS = 50_000;

    private final ConcurrentLinkedQueue<M> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final Weight<M> weight;
    private final Sender<M> sender;
    private final LongSupplier nanos;
    private final Thread thread;
    /** Whether the thread is about to sleep, or does; it looks at the queue once more after saying so. */
    private volatile boolean asleep;

    private volatile boolean closed;
    /** When a batch was last sent; written under {@code turn}. */
    private volatile long sent;

    /** Sends a batch; may wait until it has arrived when that is large. */
    interface Sender<M> {
        void send(List<M> batch) throws InterruptedException;
    }

    /** How many bytes a message takes, roughly. */
    interface Weight<M> {
        long of(M message);
    }

    /**
     * Starts the thread.
     *
     * @param nanos as {@link System#nanoTime}
     */
    Outbox(String name, Weight<M> weight, Sender<M> sender, LongSupplier nanos) {
        this.weight = weight;
        this.sender = sender;
        this.nanos = nanos;
        this.sent = nanos.getAsLong() - PAUSE_NANOS;
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    void add(List<M> messages) {
        if (closed) {
            return;
        }
        boolean first = queue.isEmpty();
        queue.addAll(messages);
        if (first && nanos.getAsLong() - sent >= PAUSE_NANOS && small(messages) && turn.tryLock()) {
            try {
                sendOne();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                turn.unlock();
            }
            if (queue.isEmpty()) {
                return;
            }
        }
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private boolean small(List<M> messages) {
        long bytes = 0;
        for (M message : messages) {
            bytes += weight.of(message);
        }
        return bytes <= SMALL_BYTES;
    }

    private void run() {
        try {
            while (!closed) {
                turn.lockInterruptibly();
                try {
                    sendOne();
                } finally {
                    turn.unlock();
                }
                if (queue.isEmpty()) {
                    sleep();
                }
            }
        } catch (InterruptedException stop) {
            // Closed: what is left has no receiver any more.
            queue.clear();
        }
    }

    private void sleep() throws InterruptedException {
        asleep = true;
        while (queue.isEmpty() && !closed) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        asleep = false;
    }

    /** One batch of what is queued; with the turn. */
    private void sendOne() throws InterruptedException {
        @Nullable M next = queue.poll();
        if (next == null) {
            return;
        }
        List<M> batch = new ArrayList<>();
        long bytes = 0;
        while (next != null) {
            batch.add(next);
            bytes += weight.of(next);
            next = batch.size() < MOST_MESSAGES && bytes < MOST_BYTES ? queue.poll() : null;
        }
        sender.send(batch);
        sent = nanos.getAsLong();
    }

    /** Stops without sending what is queued; does not wait. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
