package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.Balancer.Use;
import dev.kiln.runtime.objects.ObjectMessage.Answer;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Origin;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.objects.ObjectMessage.Store;
import dev.kiln.runtime.objects.ObjectMessage.Stored;
import dev.kiln.runtime.objects.StateStore.Card;
import dev.kiln.runtime.objects.StateStore.Kept;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.ObjectInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The active objects of a cluster, on its first node: the {@link Directory}, the calls of all programs, and where states
 * are kept.
 *
 * <p>Thread-safe. The directory is guarded by {@code lock}; what it wants done is done after that was left, except that
 * routes are changed under it, so that they change in order. No other lock but an object's in {@link ObjectCalls} is
 * taken under it.
 */
public final class ObjectService implements ObjectAccess, AutoCloseable {

    private static final long ADMIN_SECONDS = 60;
    private static final long RETRY_MILLIS = 2;
    private static final long MOVE_MILLIS = 20;

    private final ObjectHost.Link link;
    private final StateStore states;
    private final SlowWork slow;
    private final LongSupplier nanos;
    private final Jars jars;
    private final ObjectCalls calls;

    private final Object lock = new Object();
    private final Directory directory;
    private final Balancer balancer;
    private final Collector collector = new Collector();

    private final Map<Long, CompletableFuture<ObjectReply>> requests = new ConcurrentHashMap<>();
    private final AtomicLong ids;
    private final AtomicLong requestNumbers = new AtomicLong();
    private volatile boolean balancing = true;
    private volatile boolean closed;

    /** Keeps a jar in the cluster, so that every node can load it; returns its id. May wait. */
    public interface Publisher {
        String publish(byte[] jar);
    }

    /**
     * With the objects that the store has from a cluster before, once {@link #resume} is called.
     *
     * @param io threads that may wait for disks and the cluster
     */
    public ObjectService(
            ObjectHost.Link link, StateStore states, Publisher publisher, Executor io, LongSupplier nanos) {
        this(
                link,
                states,
                publisher,
                io,
                nanos,
                CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS),
                Balancer.READS_OF_A_NODE);
    }

    /**
     * The same.
     *
     * @param later sends calls again that found nothing where they were sent
     * @param hot see {@link Balancer#Balancer}
     */
    ObjectService(
            ObjectHost.Link link,
            StateStore states,
            Publisher publisher,
            Executor io,
            LongSupplier nanos,
            Executor later,
            double hot) {
        this.link = link;
        this.states = states;
        this.slow = new SlowWork(io);
        this.nanos = nanos;
        this.balancer = new Balancer(hot);
        this.jars = new Jars(publisher, states);
        this.calls = new ObjectCalls(link, nanos, later);
        this.directory = new Directory(states::latest, collector);
        this.ids =
                new AtomicLong(states.cards().stream().mapToLong(Card::id).max().orElse(0));
    }

    /** What the directory wants done; guarded by {@code lock}. */
    private final class Collector implements Directory.Out {

        private List<Runnable> todo = new ArrayList<>();

        @Override
        public void send(int node, ObjectMessage message) {
            todo.add(() -> link.send(node, message));
        }

        @Override
        public void done(long request, @Nullable Entry entry, @Nullable Problem problem) {
            ObjectReply reply;
            if (problem != null) {
                reply = new ObjectReply.Failed(problem);
            } else if (entry != null) {
                reply = new ObjectReply.Infos(List.of(info(entry)));
            } else {
                reply = new ObjectReply.Done();
            }
            todo.add(() -> {
                CompletableFuture<ObjectReply> waiting = requests.remove(request);
                if (waiting != null) {
                    waiting.complete(reply);
                }
            });
        }

        @Override
        public void changed(long object) {
            Entry entry = directory.get(object);
            if (entry != null) {
                calls.route(object, entry.route());
                todo.add(() -> calls.changed(object));
            } else {
                Problem why = new Problem(Reason.DELETED, "the object was deleted");
                ObjectCalls.Target removed = calls.remove(object, why);
                if (removed != null) {
                    todo.add(() -> calls.end(object, removed, why));
                }
                todo.add(() -> states.forget(object));
            }
        }

        private List<Runnable> take() {
            List<Runnable> taken = todo;
            todo = new ArrayList<>();
            return taken;
        }
    }

    private void change(Runnable change) {
        List<Runnable> todo;
        synchronized (lock) {
            change.run();
            todo = collector.take();
        }
        todo.forEach(Runnable::run);
    }

    // What the cluster tells.

    /** A node can be sent to. */
    public void nodeUp(int node, String name) {
        calls.nodeUp(node);
        change(() -> directory.nodeUp(node, name));
    }

    /** A node is about to leave: moves away what is at home there, and returns when that is done or takes too long. */
    public void leave(int node) {
        var any = new AtomicBoolean(true);
        change(() -> directory.nodes().leaves(node));
        for (long i = 0; any.get() && i < ADMIN_SECONDS * 1000 / MOVE_MILLIS; i++) {
            change(() -> any.set(directory.evacuate(node)));
            if (any.get()) {
                LockSupport.parkNanos(MOVE_MILLIS * 1_000_000);
            }
        }
    }

    /** A node is lost; nothing of it is believed any more. */
    public void nodeLost(int node) {
        String name;
        synchronized (lock) {
            name = directory.nameOf(node);
        }
        change(() -> directory.nodeLost(node));
        calls.nodeLost(node, name);
    }

    /** A message from a node; only hands over. */
    public void receive(int from, ObjectMessage message) {
        switch (message) {
            case Answer m -> calls.answered(from, m);
            case ObjectMessage.Created m -> change(() -> directory.created(m));
            case ObjectMessage.Assigned m -> change(() -> directory.assigned(m));
            case ObjectMessage.Retired m -> change(() -> directory.retired(m));
            case ObjectMessage.Dropped m -> change(() -> directory.dropped(m));
            case Store m -> slow.run(() -> store(from, m));
            case ObjectMessage.Room m ->
                change(() -> directory.nodes().room(from, m.full().isEmpty() ? null : m.full()));
            default -> throw new IllegalArgumentException("a message for a host came to the directory: " + message);
        }
    }

    /** Whether a message is for the service, and not for the host of its node. */
    public static boolean takes(ObjectMessage message) {
        return switch (message) {
            case Answer m -> true;
            case ObjectMessage.Created m -> true;
            case ObjectMessage.Assigned m -> true;
            case ObjectMessage.Retired m -> true;
            case ObjectMessage.Dropped m -> true;
            case Store m -> true;
            case ObjectMessage.Room m -> true;
            default -> false;
        };
    }

    /** Gives objects that are read much more copies, and full nodes fewer objects; to be called every second or so. */
    public void balance() {
        if (!balancing) {
            return;
        }
        change(() -> {
            List<Use> uses = directory.all().stream()
                    .filter(Entry::settled)
                    .map(this::use)
                    .toList();
            for (Balancer.Change change : balancer.turn(uses, directory.ids(), directory.nodes(), nanos.getAsLong())) {
                switch (change) {
                    case Balancer.Change.Copies m -> directory.extra(m.object(), m.extra());
                    case Balancer.Change.Move m -> directory.moveAway(m.object(), m.to(), m.because());
                }
            }
        });
    }

    private Use use(Entry entry) {
        ObjectCalls.Target target = calls.target(entry.id);
        long reads = target == null ? 0 : target.reads.sum();
        return Use.of(entry, reads, target == null ? 0 : target.calls.sum() - reads);
    }

    private void store(int from, Store m) {
        Card card = null;
        synchronized (lock) {
            Entry entry = directory.get(m.object());
            if (entry != null && entry.epoch == m.epoch() && entry.home == from) {
                card = card(entry);
            }
        }
        if (card == null) {
            return; // from a home that was replaced, or of an object that was deleted
        }
        Problem problem = null;
        try {
            states.current(card, m.version(), m.state());
        } catch (IOException e) {
            problem = new Problem(
                    Reason.FAILED,
                    "the update of " + card.origin().alias() + " took place, and could not be put on" + " disk: "
                            + e.getMessage());
        }
        link.send(from, new Stored(m.object(), m.epoch(), m.version(), problem));
    }

    private static Card card(Entry entry) {
        return new Card(entry.id, entry.origin, entry.wanted, entry.persistent, entry.lastSnapshotWillDo);
    }

    // What programs ask.

    @Override
    public CompletableFuture<ObjectReply> ask(ObjectRequest request) {
        if (closed) {
            return CompletableFuture.completedFuture(
                    new ObjectReply.Failed(new Problem(Reason.UNREACHABLE, "the cluster is closed")));
        }
        return switch (request) {
            case ObjectRequest.Invoke m -> calls.call(m);
            case ObjectRequest.Create m -> create(m);
            case ObjectRequest.Find m -> CompletableFuture.completedFuture(find(m.alias()));
            case ObjectRequest.ListAll m -> CompletableFuture.completedFuture(list());
            case ObjectRequest.Version m ->
                ofHome(m.object(), Kind.VERSION, Implementation.NOTHING).thenApply(r -> number(r));
            case ObjectRequest.Snapshot m -> snapshot(m);
            case ObjectRequest.Restore m -> restore(m);
            case ObjectRequest.Move m -> admin(number -> directory.move(number, m.object(), m.node()));
            case ObjectRequest.Replicate m -> admin(number -> directory.replicate(number, m.object(), m.copies()));
            case ObjectRequest.Delete m -> admin(number -> directory.delete(number, m.object()));
            case ObjectRequest.Deploy m -> slow.reply(() -> new ObjectReply.Text(jars.deploy(m.name(), m.jar())));
            case ObjectRequest.Why m -> CompletableFuture.completedFuture(why(m.alias()));
            case ObjectRequest.Balance m -> {
                balancing = m.on();
                yield CompletableFuture.completedFuture(new ObjectReply.Done());
            }
        };
    }

    private CompletableFuture<ObjectReply> admin(Consumer<Long> ask) {
        long number = requestNumbers.incrementAndGet();
        var reply = new CompletableFuture<ObjectReply>();
        requests.put(number, reply);
        var late = new ObjectReply.Failed(new Problem(
                Reason.TIMED_OUT, "this was not done within " + ADMIN_SECONDS + " s; it may be done later"));
        reply.completeOnTimeout(late, ADMIN_SECONDS, TimeUnit.SECONDS);
        var _ = reply.whenComplete((done, failure) -> requests.remove(number));
        change(() -> ask.accept(number));
        return reply;
    }

    private CompletableFuture<ObjectReply> create(ObjectRequest.Create m) {
        List<String> codes;
        String wanted = m.implementation();
        try {
            codes = jars.codes(m.type(), wanted, m.code());
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(new ObjectReply.Failed(e.problem()));
        }
        long id = ids.incrementAndGet();
        String simple = m.type().substring(m.type().lastIndexOf('.') + 1);
        String alias = m.alias().isEmpty() ? simple + "-" + id : m.alias();
        var origin = new Origin(alias, m.type(), codes, wanted.endsWith(".jar") ? "" : wanted);
        var entry = new Entry(id, origin, m.backups(), m.persistent(), m.lastSnapshotWillDo());
        return admin(number -> directory.create(number, entry, m.args(), m.node(), null));
    }

    /** Brings back the objects and jars that were kept by a cluster before; waits until all are there. */
    public void resume() throws IOException {
        jars.resume();
        List<CompletableFuture<ObjectReply>> all = new ArrayList<>();
        for (Card card : states.cards()) {
            Kept kept = states.latest(card.id());
            if (kept != null) {
                var entry = new Entry(
                        card.id(), card.origin(), card.wanted(), card.persistent(), card.lastSnapshotWillDo());
                all.add(admin(number -> directory.create(number, entry, Implementation.NOTHING, null, kept)));
            }
        }
        for (CompletableFuture<ObjectReply> each : all) {
            if (each.join() instanceof ObjectReply.Failed failed) {
                throw new IOException(failed.problem().message());
            }
        }
    }

    private ObjectReply find(String alias) {
        synchronized (lock) {
            Entry entry = directory.find(alias);
            return entry == null
                    ? new ObjectReply.Failed(new Problem(
                            Reason.NOT_FOUND,
                            "there is no object " + alias + "; `kiln objects` lists those that there are"))
                    : new ObjectReply.Infos(List.of(info(entry)));
        }
    }

    private ObjectReply list() {
        synchronized (lock) {
            return new ObjectReply.Infos(
                    directory.all().stream().map(this::info).toList());
        }
    }

    private ObjectReply why(String alias) {
        synchronized (lock) {
            Entry entry = directory.find(alias);
            return entry == null ? find(alias) : new ObjectReply.Text(explanation(entry));
        }
    }

    private String explanation(Entry entry) {
        return Explanation.of(entry, directory.nodes(), balancer, nanos.getAsLong())
                + (balancing ? "" : System.lineSeparator() + "  nothing changes by itself: that is switched off");
    }

    private ObjectInfo info(Entry entry) {
        ObjectCalls.Target target = calls.target(entry.id);
        long count = target == null ? 0 : target.calls.sum();
        double micros = target == null || count == 0 ? 0 : target.nanos.sum() / 1e3 / count;
        Problem lost = entry.lost;
        return new ObjectInfo(
                entry.id,
                entry.alias(),
                entry.origin.type(),
                entry.implementation,
                entry.code,
                lost == null ? directory.nameOf(entry.home) : lost.message(),
                entry.inStep.stream().map(directory::nameOf).toList(),
                entry.bytes,
                count,
                micros);
    }

    /** A call of the service's own. */
    private CompletableFuture<ObjectReply> ofHome(long object, Kind kind, byte[] args) {
        return calls.call(new ObjectRequest.Invoke(
                object,
                "the object",
                kind,
                kind.name().toLowerCase(java.util.Locale.ROOT),
                "",
                args,
                ADMIN_SECONDS * 1000,
                kind != Kind.RESTORE));
    }

    private static ObjectReply number(ObjectReply reply) {
        return reply instanceof ObjectReply.Value(Status status, byte[] data) && status == Status.RETURNED
                ? new ObjectReply.Count(ByteBuffer.wrap(data).getLong())
                : reply;
    }

    private CompletableFuture<ObjectReply> snapshot(ObjectRequest.Snapshot m) {
        return ofHome(m.object(), Kind.SNAPSHOT, Implementation.NOTHING)
                .thenCompose(reply ->
                        reply instanceof ObjectReply.Value(Status status, byte[] data) && status == Status.RETURNED
                                ? slow.reply(() -> keep(m.object(), data))
                                : CompletableFuture.completedFuture(reply));
    }

    private ObjectReply keep(long object, byte[] data) throws IOException, ProblemException {
        Card card;
        synchronized (lock) {
            Entry entry = directory.get(object);
            if (entry == null) {
                throw new ProblemException(Reason.DELETED, "the object was deleted");
            }
            card = card(entry);
        }
        long version = ByteBuffer.wrap(data).getLong();
        states.snapshot(card, version, Arrays.copyOfRange(data, 8, data.length));
        return new ObjectReply.Count(version);
    }

    private CompletableFuture<ObjectReply> restore(ObjectRequest.Restore m) {
        var state = new CompletableFuture<byte @Nullable []>();
        CompletableFuture<ObjectReply> found = slow.reply(() -> {
            byte[] kept = states.snapshot(m.object(), m.version());
            if (kept == null) {
                throw new ProblemException(
                        Reason.NO_SNAPSHOT,
                        "there is no snapshot of version " + m.version() + "; there are those of "
                                + states.versions(m.object()));
            }
            state.complete(kept);
            return new ObjectReply.Done();
        });
        return found.thenCompose(reply -> {
            byte[] kept = state.getNow(null);
            return kept == null
                    ? CompletableFuture.completedFuture(reply)
                    : ofHome(m.object(), Kind.RESTORE, kept)
                            .thenApply(done -> done instanceof ObjectReply.Value ? new ObjectReply.Done() : done);
        });
    }

    /** The jars that implementations are looked for in. */
    public List<String> deployed() {
        return jars.names();
    }

    @Override
    public void close() {
        closed = true;
        calls.close();
        var failed = new ObjectReply.Failed(new Problem(Reason.UNREACHABLE, "the cluster is closed"));
        List.copyOf(requests.values()).forEach(each -> each.complete(failed));
    }
}
