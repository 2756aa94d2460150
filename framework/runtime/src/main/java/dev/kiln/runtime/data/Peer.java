package dev.kiln.runtime.data;

import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One other node, as values are fetched from it: a few connections, each used by one of as many threads. A connection
 * that breaks is replaced once for each fetch, as the other end may have closed it long ago. Thread-safe.
 */
final class Peer implements AutoCloseable {

    /** One is read while the next is encoded, and a small value need not wait for a large one. */
    private static final int MOST = 4;

    private final int rank;
    private final InetSocketAddress address;
    private final DataKeys keys;
    private final Stages stages;
    private final SecureRandom random;
    private final ThreadPoolExecutor threads;
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Peer(int rank, InetSocketAddress address, DataKeys keys, Stages stages, SecureRandom random) {
        this.rank = rank;
        this.address = address;
        this.keys = keys;
        this.stages = stages;
        this.random = random;
        this.threads = new ThreadPoolExecutor(
                MOST,
                MOST,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("kiln-data-from-" + rank)
                        .unstarted(task));
        threads.allowCoreThreadTimeOut(true);
    }

    CompletableFuture<@Nullable Payload> fetch(long workflow, long value, int part, @Nullable ValueCodec codec) {
        var job = new Job(workflow, value, part, codec);
        try {
            threads.execute(job);
        } catch (RejectedExecutionException closing) {
            job.result.completeExceptionally(lost());
        }
        return job.result;
    }

    /** One fetch. */
    private final class Job implements Runnable {

        private final long workflow;
        private final long value;
        private final int part;
        private final @Nullable ValueCodec codec;
        final CompletableFuture<@Nullable Payload> result = new CompletableFuture<>();

        Job(long workflow, long value, int part, @Nullable ValueCodec codec) {
            this.workflow = workflow;
            this.value = value;
            this.part = part;
            this.codec = codec;
        }

        @Override
        @SuppressWarnings("CatchingUnchecked") // whatever decoding throws is for who waits
        public void run() {
            Payload got;
            try {
                got = now(workflow, value, part, codec);
            } catch (UncheckedIOException e) {
                result.completeExceptionally(e.getCause());
                return;
            } catch (Throwable e) {
                result.completeExceptionally(e);
                return;
            }
            result.complete(got);
        }
    }

    private @Nullable Payload now(long workflow, long value, int part, @Nullable ValueCodec codec) throws IOException {
        Line first = idle.pollFirst();
        if (first != null) {
            try {
                return ask(first, workflow, value, part, codec);
            } catch (IOException | UncheckedIOException e) {
                // The others may be as old.
                for (Line old = idle.pollFirst(); old != null; old = idle.pollFirst()) {
                    drop(old);
                }
            }
        }
        Line fresh = connect();
        return ask(fresh, workflow, value, part, codec);
    }

    private Line connect() throws IOException {
        if (closed) {
            throw lost();
        }
        Line line;
        try {
            line = Line.call(address, keys, rank, random);
        } catch (IOException e) {
            throw new NoConnectionException(
                    "node-" + rank + " is not reached at " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage(),
                    e);
        }
        lines.add(line);
        if (closed) {
            drop(line);
            throw lost();
        }
        return line;
    }

    private void drop(Line line) {
        lines.remove(line);
        line.close();
    }

    private @Nullable Payload ask(Line line, long workflow, long value, int part, @Nullable ValueCodec codec)
            throws IOException {
        ByteBuffer stage = stages.take();
        boolean whole = false;
        try {
            stage.putLong(workflow).putLong(value).putInt(part).flip();
            while (stage.hasRemaining()) {
                line.write(stage);
            }
            stage.clear().flip();
            var header = new ByteSource(line, stage, Protocol.ANSWER_HEADER);
            byte[] head = new byte[Protocol.ANSWER_HEADER];
            header.bytes(head);
            ByteBuffer fields = ByteBuffer.wrap(head);
            byte status = fields.get();
            long length = fields.getLong();
            Payload payload = read(status, length, new ByteSource(line, stage, length), codec);
            whole = true;
            return payload;
        } catch (RefusedException e) {
            whole = true;
            throw e;
        } finally {
            stages.give(stage);
            if (whole) {
                idle.addFirst(line);
            } else {
                drop(line);
            }
        }
    }

    private @Nullable Payload read(byte status, long length, ByteSource in, @Nullable ValueCodec codec) {
        if (status == Protocol.NOTHING) {
            return null;
        }
        if (status == Protocol.VALUE && codec != null) {
            return new Payload.Live(codec.decode(in), length);
        }
        if (length < 0 || length > Integer.MAX_VALUE - 8 || status > Protocol.REFUSED) {
            throw new CorruptDataException("an answer of " + length + " bytes, of kind " + status);
        }
        byte[] bytes = new byte[(int) length];
        in.bytes(bytes);
        if (status == Protocol.VALUE) {
            return new Payload.Encoded(bytes);
        }
        throw new RefusedException("node-" + rank + ": " + new String(bytes, StandardCharsets.UTF_8));
    }

    private IOException lost() {
        return new IOException("node-" + rank + " was lost before it answered");
    }

    /** Closes the connections that there are. */
    void cut() {
        lines.forEach(this::drop);
    }

    /** Hangs up; what was not fetched fails. */
    @Override
    public void close() {
        closed = true;
        List<Runnable> queued = threads.shutdownNow();
        cut();
        for (Runnable each : queued) {
            if (each instanceof Job job) {
                job.result.completeExceptionally(lost());
            }
        }
    }

    /** The other node has the value and cannot send it. */
    private static final class RefusedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
