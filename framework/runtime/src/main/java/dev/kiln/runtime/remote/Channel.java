package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection that carries one workflow. Frames and messages arrive in the order in which they were sent. Values travel
 * beside them in pieces, one value after the other, so that a large one does not hold up the rest. Each end says now and
 * then that it is there; one that has not been heard for too long counts as gone.
 *
 * <p>Thread-safe. Its lock guards what waits to be written, and is never held while that is encoded or written, which a
 * thread of its own does. One thread reads.
 *
 * @param <M> the messages to nodes, or to a driver, that this end sends
 */
final class Channel<M> implements AutoCloseable {

    /** How much of a value goes at once: what that takes is what a message waits. */
    private static final int PIECE = 256 << 10;

    private static final int LONGEST_FRAME = 256 << 20;
    private static final int MOST_AT_ONCE = 1_000;

    private static final long PING_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 30_000;
    private static final int LINGER_SECONDS = 1;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Function<List<M>, byte[]> encode;

    // Guarded by this.
    private final ArrayDeque<Item<M>> items = new ArrayDeque<>();
    private final ArrayDeque<Value> values = new ArrayDeque<>();
    private boolean closed;

    /** What waits to be written. */
    private sealed interface Item<M> {

        record Frame<M>(byte[] bytes) implements Item<M> {}

        record Message<M>(int node, M message) implements Item<M> {}
    }

    /** A value that is being written; the writer's alone once it has begun. */
    private static final class Value {
        private final byte[] head;
        private final byte[] data;
        private int sent = -1;

        Value(byte[] head, byte[] data) {
            this.head = head;
            this.data = data;
        }

        boolean isSent() {
            return sent == data.length;
        }
    }

    /** What arrives; called by the thread that reads. */
    interface Listener {

        /** A frame other than a value. */
        void frame(int kind, ByteSource in);

        /** A value, whole. */
        void value(int kind, ByteSource head, byte[] data);
    }

    /** With what makes bytes of messages to, or from, one node. */
    Channel(Dial dial, Function<List<M>, byte[]> encode) throws SocketException {
        this.socket = dial.socket();
        this.in = dial.in();
        this.out = dial.out();
        this.encode = encode;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        // Or closing waits for as long as the other end does not read.
        socket.setSoLinger(true, LINGER_SECONDS);
        Thread.ofPlatform().daemon().name("kiln-workflow-writer").start(this::write);
    }

    /** Sends a frame; its first byte is its kind. */
    void send(ByteSink frame) {
        add(new Item.Frame<>(frame.toBytes()));
    }

    /** Sends a message to, or from, a node. */
    void send(int node, M message) {
        add(new Item.Message<>(node, message));
    }

    /**
     * Sends a value, which must not change any more.
     *
     * @param head its first byte is its kind
     */
    synchronized void send(ByteSink head, byte[] data) {
        if (!closed) {
            values.add(new Value(head.toBytes(), data));
            notifyAll();
        }
    }

    private synchronized void add(Item<M> item) {
        if (!closed) {
            items.add(item);
            if (items.size() == 1) {
                notifyAll();
            }
        }
    }

    private void write() {
        var taken = new ArrayList<Item<M>>();
        try {
            while (true) {
                take(taken);
                if (!taken.isEmpty()) {
                    write(taken);
                    taken.clear();
                    continue;
                }
                Value value = next();
                if (value != null) {
                    writeMore(value);
                    continue;
                }
                out.flush();
                if (!await()) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // Who reads is told.
        } finally {
            close();
        }
    }

    private synchronized void take(List<Item<M>> into) {
        for (int i = 0; i < MOST_AT_ONCE && !items.isEmpty(); i++) {
            into.add(items.remove());
        }
    }

    private synchronized @Nullable Value next() {
        while (!values.isEmpty() && values.getFirst().isSent()) {
            values.remove();
        }
        return values.peek();
    }

    /** False when the channel was closed; a sign of life is added when there was nothing for a while. */
    private synchronized boolean await() throws InterruptedException {
        long end = System.nanoTime() + PING_MILLIS * 1_000_000;
        while (items.isEmpty() && values.isEmpty() && !closed) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                items.add(new Item.Frame<>(new byte[] {WorkflowFrames.PING}));
            } else {
                wait(millis);
            }
        }
        return !closed;
    }

    private void write(List<Item<M>> items) throws IOException {
        for (int i = 0; i < items.size(); ) {
            switch (items.get(i)) {
                case Item.Frame<M>(byte[] bytes) -> {
                    Frames.write(out, bytes);
                    i++;
                }
                case Item.Message<M>(int node, M first) -> {
                    List<M> run = new ArrayList<>(List.of(first));
                    while (++i < items.size()
                            && items.get(i) instanceof Item.Message<M>(int same, M next)
                            && same == node) {
                        run.add(next);
                    }
                    byte[] batch = encode.apply(run);
                    var frame = new ByteSink(batch.length + 16);
                    frame.u8(WorkflowFrames.MESSAGES);
                    frame.varint(node);
                    frame.block(batch);
                    Frames.write(out, frame.toBytes());
                }
            }
        }
    }

    private void writeMore(Value value) throws IOException {
        if (value.sent < 0) {
            var begin = new ByteSink(value.head.length + 8);
            begin.u8(WorkflowFrames.VALUE);
            begin.varint(value.data.length);
            begin.bytes(value.head);
            Frames.write(out, begin.toBytes());
            value.sent = 0;
        } else {
            int count = Math.min(PIECE, value.data.length - value.sent);
            out.writeInt(1 + count);
            out.write(WorkflowFrames.PIECE);
            out.write(value.data, value.sent, count);
            value.sent += count;
        }
    }

    /**
     * Reads until the connection ends, on this thread.
     *
     * @throws IOException how it ended, or that the other end fell silent
     * @throws dev.kiln.runtime.codec.CorruptDataException when what came makes no sense
     */
    void read(Listener listener) throws IOException {
        byte[] head = null;
        byte[] data = new byte[0];
        int filled = 0;
        while (true) {
            byte[] frame = Frames.read(in, LONGEST_FRAME);
            var source = new ByteSource(frame);
            int kind = source.u8();
            switch (kind) {
                case WorkflowFrames.PING -> {}
                case WorkflowFrames.VALUE -> {
                    data = new byte[source.index(Integer.MAX_VALUE - 8)];
                    head = source.rest();
                    filled = 0;
                }
                case WorkflowFrames.PIECE -> {
                    int count = frame.length - 1;
                    if (head == null || count > data.length - filled) {
                        throw source.corrupt("a piece of no value");
                    }
                    System.arraycopy(frame, 1, data, filled, count);
                    filled += count;
                }
                default -> listener.frame(kind, source);
            }
            if (head != null && filled == data.length) {
                var of = new ByteSource(head);
                head = null;
                listener.value(of.u8(), of, data);
                data = new byte[0];
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            items.clear();
            values.clear();
            notifyAll();
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
