package dev.kiln.ignite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A queue that one thread empties, many messages at a time: while one batch is on its way the next gathers. Any thread
 * adds; only the outbox's own thread sends, so what it sends keeps the order of adding.
 *
 * @param <M> what is sent
 */
final class Outbox<M> implements AutoCloseable {

    private static final int MOST_MESSAGES = 1000;
    private static final long MOST_BYTES = 1 << 20;

    private final LinkedBlockingQueue<M> queue = new LinkedBlockingQueue<>();
    private final Weight<M> weight;
    private final Sender<M> sender;
    private final Thread thread;
    private volatile boolean closed;

    /** Sends a batch; may wait until it has arrived. */
    interface Sender<M> {
        void send(List<M> batch) throws InterruptedException;
    }

    /** How many bytes a message takes, roughly. */
    interface Weight<M> {
        long of(M message);
    }

    Outbox(String name, Weight<M> weight, Sender<M> sender) {
        this.weight = weight;
        this.sender = sender;
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    void add(M message) {
        if (!closed) {
            queue.add(message);
        }
    }

    private void run() {
        List<M> batch = new ArrayList<>();
        try {
            while (!closed) {
                M next = queue.take();
                long bytes = 0;
                while (next != null) {
                    batch.add(next);
                    bytes += weight.of(next);
                    next = batch.size() < MOST_MESSAGES && bytes < MOST_BYTES ? queue.poll() : null;
                }
                sender.send(batch);
                batch = new ArrayList<>();
            }
        } catch (InterruptedException stop) {
            // Closed: what is left has no receiver any more.
            queue.clear();
        }
    }

    /** Stops without sending what is queued; does not wait. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
