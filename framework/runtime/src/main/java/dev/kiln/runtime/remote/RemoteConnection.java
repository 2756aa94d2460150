package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.objects.ObjectReply;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client. Whoever writes while nobody else does also writes what others add meanwhile. Thread-safe:
 * its lock guards the queue, not the socket.
 */
final class RemoteConnection implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Replies replies;
    private final Consumer<RemoteConnection> broken;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private final Queue<byte[]> queue = new ArrayDeque<>();
    private boolean writing;

    /** Takes replies, on the connection's own thread. */
    interface Replies {
        void replied(long number, ObjectReply reply);
    }

    private RemoteConnection(Dial dial, Replies replies, Consumer<RemoteConnection> broken) {
        this.socket = dial.socket();
        this.in = dial.in();
        this.out = dial.out();
        this.replies = replies;
        this.broken = broken;
    }

    static RemoteConnection open(Contact contact, Replies replies, Consumer<RemoteConnection> broken)
            throws IOException {
        var connection = new RemoteConnection(Dial.to(contact), replies, broken);
        Thread.ofPlatform().daemon().name("kiln-client").start(connection::read);
        return connection;
    }

    boolean isOpen() {
        return open.get();
    }

    void write(byte[] frame) {
        synchronized (queue) {
            queue.add(frame);
            if (writing) {
                return;
            }
            writing = true;
        }
        try {
            byte @Nullable [] next = next();
            while (next != null) {
                Frames.write(out, next);
                next = next();
            }
        } catch (IOException e) {
            end();
        }
    }

    /** What to write next; null, after flushing, when there is nothing. */
    private byte @Nullable [] next() throws IOException {
        synchronized (queue) {
            if (!queue.isEmpty()) {
                return queue.poll();
            }
        }
        out.flush();
        synchronized (queue) {
            byte @Nullable [] added = queue.poll();
            writing = added != null;
            return added;
        }
    }

    private void read() {
        try {
            while (open.get()) {
                var frame = new ByteSource(Frames.read(in, Frames.LONGEST));
                replies.replied(frame.i64(), RequestWire.readReply(frame));
            }
        } catch (IOException | CorruptDataException e) {
            // Told below.
        } finally {
            end();
        }
    }

    private void end() {
        if (open.compareAndSet(true, false)) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone in any case.
            }
            broken.accept(this);
        }
    }

    @Override
    public void close() {
        end();
    }
}
