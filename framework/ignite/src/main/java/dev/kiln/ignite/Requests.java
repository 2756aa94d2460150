package dev.kiln.ignite;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Questions to other nodes and their answers. Long answers travel in chunks, since Ignite copies each message and one
 * large one would hold up all others; chunks may arrive in any order, and each carries a CRC-32C.
 *
 * <p>Thread-safe. An answer under way is guarded by its own lock; no other lock is taken under it.
 */
final class Requests {

    static final byte REQUEST = 1;
    static final byte REPLY = 2;

    private static final int CHUNK = 256 << 10;
    private static final byte VALUE = 0;
    private static final byte NOTHING = 1;
    private static final byte ERROR = 2;

    private final int self;
    private final Courier courier;
    private final Server server;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

    /** Answers questions of other nodes; only hands over. */
    interface Server {
        CompletableFuture<byte @Nullable []> answer(ByteBuffer question);
    }

    Requests(int self, Courier courier, Server server) {
        this.self = self;
        this.courier = courier;
        this.server = server;
    }

    /** Asks; the future fails when the node is lost. */
    CompletableFuture<byte @Nullable []> ask(int rank, byte[] question) {
        long number = numbers.incrementAndGet();
        var answer = new CompletableFuture<byte @Nullable []>();
        pending.put(number, new Pending(rank, answer));
        byte[] frame = ByteBuffer.allocate(1 + 8 + 4 + question.length)
                .put(REQUEST)
                .putLong(number)
                .putInt(self)
                .put(question)
                .array();
        if (!courier.send(rank, frame)) {
            fail(number, "node-" + rank + " is lost");
        }
        return answer;
    }

    /** Fails what that node has not answered. */
    void nodeLost(int rank) {
        pending.forEach((number, p) -> {
            if (p.rank == rank) {
                fail(number, "node-" + rank + " was lost before it answered");
            }
        });
    }

    /** A question from another node; the type byte is read already. */
    void questionArrived(ByteBuffer frame) {
        long number = frame.getLong();
        int asker = frame.getInt();
        CompletableFuture<byte @Nullable []> answer;
        try {
            answer = server.answer(frame);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var _ = answer.whenComplete((value, failure) -> reply(asker, number, value, failure));
    }

    private void reply(int asker, long number, byte @Nullable [] value, @Nullable Throwable failure) {
        if (failure != null) {
            byte[] reason = String.valueOf(failure.getMessage()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            courier.send(asker, chunk(number, ERROR, reason, 0, reason.length));
        } else if (value == null) {
            courier.send(asker, chunk(number, NOTHING, new byte[0], 0, 0));
        } else {
            int at = 0;
            do {
                int length = Math.min(CHUNK, value.length - at);
                if (!courier.send(asker, chunk(number, VALUE, value, at, length))) {
                    return;
                }
                at += length;
            } while (at < value.length);
        }
    }

    private static byte[] chunk(long number, byte status, byte[] all, int at, int length) {
        var sum = new CRC32C();
        sum.update(all, at, length);
        return ByteBuffer.allocate(1 + 8 + 1 + 4 + 4 + 4 + length)
                .put(REPLY)
                .putLong(number)
                .put(status)
                .putInt(all.length)
                .putInt(at)
                .putInt((int) sum.getValue())
                .put(all, at, length)
                .array();
    }

    /** A chunk of an answer; the type byte is read already. */
    void replyArrived(ByteBuffer frame) {
        long number = frame.getLong();
        @Nullable Pending p = pending.get(number);
        if (p == null) {
            return;
        }
        byte status = frame.get();
        int total = frame.getInt();
        int at = frame.getInt();
        int sum = frame.getInt();
        var check = new CRC32C();
        check.update(frame.duplicate());
        if ((int) check.getValue() != sum || at < 0 || at % CHUNK != 0 || at + frame.remaining() > total) {
            fail(number, "a damaged answer from node-" + p.rank);
            return;
        }
        if (status == NOTHING) {
            pending.remove(number);
            p.answer.complete(null);
            return;
        }
        byte @Nullable [] whole = p.add(total, at, frame);
        if (whole == null) {
            return;
        }
        if (status == VALUE) {
            pending.remove(number);
            p.answer.complete(whole);
        } else {
            fail(number, "node-" + p.rank + ": " + new String(whole, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private void fail(long number, String reason) {
        @Nullable Pending p = pending.remove(number);
        if (p != null) {
            p.answer.completeExceptionally(new IllegalStateException(reason));
        }
    }

    /** An answer that has not come, or not wholly. */
    private static final class Pending {
        private final int rank;
        private final CompletableFuture<byte @Nullable []> answer;
        private byte @Nullable [] parts;
        private final BitSet here = new BitSet();
        private int missing;

        Pending(int rank, CompletableFuture<byte @Nullable []> answer) {
            this.rank = rank;
            this.answer = answer;
        }

        /** The whole answer when this chunk was the last to come. */
        synchronized byte @Nullable [] add(int total, int at, ByteBuffer chunk) {
            byte[] to = parts;
            if (to == null) {
                to = new byte[total];
                parts = to;
                missing = total;
            }
            int index = at / CHUNK;
            if (to.length != total || here.get(index)) {
                return null;
            }
            here.set(index);
            int length = chunk.remaining();
            chunk.get(to, at, length);
            missing -= length;
            return missing == 0 ? to : null;
        }
    }
}
