package dev.kiln.runtime.data;

import dev.kiln.runtime.codec.ByteSink;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where other nodes fetch values from this one. Each connection has a thread, which encodes what is asked for and writes
 * it from its arrays into the socket: a value of any size takes one buffer. Thread-safe.
 */
public final class DataServer implements AutoCloseable {

    private static final int BACKLOG = 200;
    /** Callers that have not proved themselves; more are hung up on. */
    private static final int MOST_STRANGERS = 64;

    private final ServerSocketChannel socket;
    private final int rank;
    private final DataKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final Stages stages;
    private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final LongAdder sent = new LongAdder();
    private volatile boolean closed;

    /** Where the values are. */
    public interface Source {

        /** A value in its encoded form, or null when it is not here; made on the calling thread. */
        @Nullable ByteSink encoded(long workflow, long value, int part);
    }

    private DataServer(ServerSocketChannel socket, int rank, DataKeys keys) {
        this.socket = socket;
        this.rank = rank;
        this.keys = keys;
        this.stages = new Stages(keys);
    }

    /**
     * Listens; callers wait until {@link #serve}.
     *
     * @throws java.net.BindException when the port is taken
     */
    public static DataServer open(InetSocketAddress address, int rank, DataKeys keys) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        return new DataServer(socket, rank, keys);
    }

    /** Where it listens. */
    public int port() {
        return socket.socket().getLocalPort();
    }

    /** Answers callers from now on. */
    public void serve(Source source) {
        Thread.ofPlatform().daemon().name("kiln-data-" + rank).start(() -> accept(source));
    }

    /** The bytes sent so far. */
    public long sentBytes() {
        return sent.sum();
    }

    private void accept(Source source) {
        while (!closed) {
            try {
                SocketChannel channel = socket.accept();
                if (!strangers.tryAcquire()) {
                    channel.close();
                    continue;
                }
                Thread.ofPlatform()
                        .daemon()
                        .name("kiln-data-" + rank + "-to-" + channel.socket().getPort())
                        .start(() -> answer(channel, source));
            } catch (IOException e) {
                // This one did not come to be; the next may.
                if (!socket.isOpen()) {
                    return;
                }
            }
        }
    }

    private void answer(SocketChannel channel, Source source) {
        Line line;
        try {
            line = Line.answer(channel, keys, rank, random);
        } catch (IOException stranger) {
            return;
        } finally {
            strangers.release();
        }
        lines.add(line);
        try (line) {
            ByteBuffer request = request();
            while (!closed && read(line, request)) {
                answer(line, request, source);
            }
        } catch (IOException e) {
            // The caller is gone, or this node is closing.
            return;
        } finally {
            lines.remove(line);
        }
    }

    private ByteBuffer request() {
        return keys.tls() == null
                ? ByteBuffer.allocateDirect(Protocol.REQUEST_BYTES)
                : ByteBuffer.allocate(Protocol.REQUEST_BYTES);
    }

    /** False at the end. */
    private static boolean read(Line line, ByteBuffer request) throws IOException {
        request.clear();
        while (request.hasRemaining()) {
            if (line.read(request) < 0) {
                if (request.position() == 0) {
                    return false;
                }
                throw new EOFException("a caller hung up within a request");
            }
        }
        request.flip();
        return true;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever encoding throws is told to the caller
    private void answer(Line line, ByteBuffer request, Source source) throws IOException {
        byte status;
        ByteSink content;
        try {
            ByteSink value = source.encoded(request.getLong(), request.getLong(), request.getInt());
            status = value == null ? Protocol.NOTHING : Protocol.VALUE;
            content = value == null ? new ByteSink(0) : value;
        } catch (RuntimeException | Error e) {
            status = Protocol.REFUSED;
            content = new ByteSink();
            String reason = String.valueOf(e.getMessage());
            content.bytes(reason.substring(0, Math.min(reason.length(), Protocol.LONGEST_REASON / 4))
                    .getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer stage = stages.take();
        stage.put(status).putLong(content.size());
        content.writeTo(line, stage);
        stages.give(stage);
        sent.add(Protocol.ANSWER_HEADER + content.size());
    }

    /** Hangs up on everybody. */
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Then nobody listens any more either.
        }
        lines.forEach(Line::close);
    }
}
