package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.objects.ObjectReply;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client. Whoever writes while nobody else does also writes what others add meanwhile. Thread-safe:
 * its lock guards the queue, not the socket.
 */
final class RemoteConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;

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

    private RemoteConnection(SSLSocket socket, Replies replies, Consumer<RemoteConnection> broken) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        this.replies = replies;
        this.broken = broken;
    }

    static RemoteConnection open(Contact contact, Replies replies, Consumer<RemoteConnection> broken)
            throws IOException {
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(CONNECT_MILLIS);
            plain.connect(new InetSocketAddress(contact.host(), contact.port()), CONNECT_MILLIS);
            var socket = (SSLSocket) Pinned.context(contact.certificate())
                    .getSocketFactory()
                    .createSocket(plain, contact.host(), contact.port(), true);
            socket.startHandshake();
            var connection = new RemoteConnection(socket, replies, broken);
            connection.greet(contact);
            socket.setSoTimeout(0);
            Thread.ofPlatform().daemon().name("kiln-client").start(connection::read);
            return connection;
        } catch (ConnectException e) {
            plain.close();
            throw new IOException("nobody listens at " + contact.address()
                    + ": is the cluster up? `kiln cluster status` tells, `kiln cluster start` starts one");
        } catch (SSLException e) {
            plain.close();
            throw new RefusedException("no connection to " + contact.address() + ": " + reason(e));
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }

    private void greet(Contact contact) throws IOException {
        Frames.write(out, Frames.hello(contact.token()));
        out.flush();
        byte[] answer = Frames.read(in, Frames.LONGEST_HELLO);
        if (answer.length > 0) {
            throw new RefusedException(
                    "no connection to " + contact.address() + ": " + new String(answer, StandardCharsets.UTF_8));
        }
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
