package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's way to a cluster: one connection, made again when it breaks. A request that was sent over a connection that
 * broke is sent again only if it may run twice; of any other the outcome is not known.
 *
 * <p>Thread-safe. Its lock guards the connection and is held while one is made; requests are written by the threads that
 * ask, under the connection's own lock.
 */
public final class RemoteAccess implements ObjectAccess, AutoCloseable {

    private static final long SCALE_MILLIS = 300_000;
    private static final long USUAL_MILLIS = 60_000;
    private static final long PAUSE_MILLIS = 100;

    private final Contact contact;
    private final Map<Long, Sent> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable RemoteConnection connection;
    private volatile boolean closed;

    /** A request that is not answered. */
    private static final class Sent {
        private final byte[] frame;
        private final boolean repeatable;
        private final long deadline;
        private final String title;
        private final CompletableFuture<ObjectReply> reply = new CompletableFuture<>();
        private volatile @Nullable RemoteConnection over;

        Sent(byte[] frame, boolean repeatable, long deadline, String title) {
            this.frame = frame;
            this.repeatable = repeatable;
            this.deadline = deadline;
            this.title = title;
        }
    }

    private RemoteAccess(Contact contact) {
        this.contact = contact;
    }

    /**
     * Connects.
     *
     * @throws IOException when nobody listens there, or refuses; one line that says what to do
     */
    public static RemoteAccess connect(Contact contact) throws IOException {
        var access = new RemoteAccess(contact);
        access.connection = access.open();
        return access;
    }

    /** Connects when the first request is made. */
    static RemoteAccess later(Contact contact) {
        return new RemoteAccess(contact);
    }

    private RemoteConnection open() throws IOException {
        return RemoteConnection.open(contact, this::replied, this::broken);
    }

    @Override
    public CompletableFuture<ObjectReply> ask(ObjectRequest request) {
        long millis = USUAL_MILLIS;
        boolean repeatable;
        String title;
        switch (request) {
            case ObjectRequest.Invoke call -> {
                millis = call.timeoutMillis();
                repeatable = call.repeatable();
                title = call.method() + " of " + call.alias();
            }
            case ObjectRequest.Create create -> {
                repeatable = false;
                title = "the creation of " + (create.alias().isEmpty() ? "an object" : create.alias());
            }
            default -> {
                repeatable = !(request instanceof ObjectRequest.Restore);
                title = "a request";
            }
        }
        return send(Frames.OBJECTS, out -> RequestWire.write(request, out), millis, repeatable, title);
    }

    /** How the cluster is, in lines for people. */
    public CompletableFuture<ObjectReply> status() {
        return send(Frames.STATUS, out -> {}, USUAL_MILLIS, true, "the status");
    }

    /** Has nodes join, or leave where the number is negative; answered when that is done, in lines for people. */
    public CompletableFuture<ObjectReply> scale(int change) {
        return send(Frames.SCALE, out -> out.i32(change), SCALE_MILLIS, false, "the change of the cluster");
    }

    /** Has the cluster stop. */
    public CompletableFuture<ObjectReply> stop() {
        return send(Frames.STOP, out -> {}, USUAL_MILLIS, false, "stopping");
    }

    private CompletableFuture<ObjectReply> send(
            byte what, Consumer<ByteSink> body, long millis, boolean repeatable, String title) {
        long number = numbers.incrementAndGet();
        var out = new ByteSink(256);
        out.i64(number);
        out.u8(what);
        body.accept(out);
        var sent = new Sent(out.toBytes(), repeatable, now() + millis, title);
        pending.put(number, sent);
        CompletableFuture<ObjectReply> reply = sent.reply.whenComplete((done, failure) -> pending.remove(number));
        // The cluster tells of calls that take too long; this is for when nothing is heard of it.
        sent.reply.completeOnTimeout(unreachable(title, "no answer came"), millis + 1_000, TimeUnit.MILLISECONDS);
        RemoteConnection open = connection;
        if (closed) {
            sent.reply.complete(unreachable(title, "the client is closed"));
        } else if (open == null || !write(sent, open)) {
            Thread.ofVirtual().name("kiln-reconnect").start(() -> resend(sent));
        }
        return reply;
    }

    /** False when the connection is known to be broken before anything was written. */
    private static boolean write(Sent sent, RemoteConnection open) {
        sent.over = open;
        if (!open.isOpen()) {
            sent.over = null;
            return false;
        }
        // What goes wrong while it is written is told by broken().
        open.write(sent.frame);
        return true;
    }

    private void resend(Sent sent) {
        IOException why = null;
        while (!sent.reply.isDone() && !closed && now() < sent.deadline) {
            try {
                if (write(sent, connected())) {
                    return;
                }
            } catch (IOException e) {
                why = e;
                if (e instanceof RefusedException || !pause()) {
                    break;
                }
            }
        }
        sent.reply.complete(
                unreachable(sent.title, why == null ? "the connection is lost" : String.valueOf(why.getMessage())));
    }

    private synchronized RemoteConnection connected() throws IOException {
        RemoteConnection open = connection;
        if (open == null || !open.isOpen()) {
            open = open();
            connection = open;
        }
        return open;
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void replied(long number, ObjectReply reply) {
        Sent sent = pending.get(number);
        if (sent != null) {
            sent.reply.complete(reply);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a connection is what it is
    private void broken(RemoteConnection lost) {
        for (Sent sent : List.copyOf(pending.values())) {
            if (sent.over != lost) {
                continue;
            }
            if (sent.repeatable && !closed) {
                Thread.ofVirtual().name("kiln-reconnect").start(() -> resend(sent));
            } else {
                sent.reply.complete(new ObjectReply.Failed(new Problem(
                        closed ? Reason.UNREACHABLE : Reason.OUTCOME_UNKNOWN,
                        "the connection to the " + contact + " broke during " + sent.title
                                + ": whether it took place is not known")));
            }
        }
    }

    private ObjectReply unreachable(String title, String why) {
        return new ObjectReply.Failed(
                new Problem(Reason.UNREACHABLE, "the " + contact + " cannot be reached for " + title + ": " + why));
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void close() {
        closed = true;
        RemoteConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
