package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.testing.Tally;
import dev.kiln.runtime.testing.TallyHistory;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with active objects in virtual time, run by one thread from a seed: messages overtake each other and come
 * twice, nodes die, are taken for dead while they still run and send, and new ones come. What callers see is recorded.
 */
final class ObjectSimulation {

    private static final long SLOWEST = 1000;

    private final Random chance;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Integer> declaredLost = new HashSet<>();
    private final ObjectService service;
    private final ValueCodec codec = new ValueCodec(ObjectSimulation.class.getClassLoader());
    private long now;
    private long sequence;

    private record Event(long time, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    ObjectSimulation(long seed, int count) {
        chance = new Random(seed);
        Executor soon = task -> later(1 + chance.nextInt(50), task);
        service = new ObjectService(new Link(0), new MemoryStates(), jar -> "", soon, () -> now * 1_000_000, soon, 4);
        for (int rank = 0; rank < count; rank++) {
            addNode();
        }
    }

    void addNode() {
        int rank = nodes.size();
        nodes.add(new Node(rank));
        service.nodeUp(rank, "node-" + rank);
    }

    /** Kills a node, or only declares it dead; the directory hears of it after a while. */
    void lose(int rank, boolean reallyDead) {
        boolean unnoticed = nodes.stream().anyMatch(node -> node.dead && !node.declared);
        if (rank == 0 || unnoticed || !declaredLost.add(rank)) {
            return;
        }
        nodes.get(rank).dead = reallyDead;
        later(reallyDead ? chance.nextInt(3000) : 0, () -> {
            service.nodeLost(rank);
            nodes.get(rank).declared = true;
        });
    }

    /** A node says that it is full, or no longer. */
    void fill(int rank, boolean full) {
        nodes.get(rank).full = full;
        nodes.get(rank).host.gauge();
    }

    int nodeCount() {
        return nodes.size();
    }

    List<Integer> running() {
        List<Integer> all = new ArrayList<>();
        for (int rank = 0; rank < nodes.size(); rank++) {
            if (!declaredLost.contains(rank)) {
                all.add(rank);
            }
        }
        return all;
    }

    long create(int backups) {
        CompletableFuture<ObjectReply> made = service.ask(
                new ObjectRequest.Create("", Tally.class.getName(), "", "", null, backups, false, false, new byte[0]));
        run(made);
        if (made.join() instanceof ObjectReply.Infos(var all)) {
            return all.getFirst().id();
        }
        throw new AssertionError("not created: " + made.join());
    }

    /** A caller that does one operation after the other, until it has done so many. */
    CompletableFuture<Void> caller(long object, TallyHistory history, int operations, double updates) {
        var done = new CompletableFuture<Void>();
        next(object, history, operations, updates, done);
        return done;
    }

    private void next(long object, TallyHistory history, int left, double updates, CompletableFuture<Void> done) {
        if (left == 0) {
            done.complete(null);
            return;
        }
        boolean update = chance.nextDouble() < updates;
        long called = now;
        service.ask(new ObjectRequest.Invoke(
                        object,
                        "tally",
                        update ? Kind.UPDATE : Kind.READ,
                        update ? "increment" : "value",
                        "()J",
                        new byte[0],
                        3_600_000,
                        !update))
                .thenAccept(reply -> {
                    record(history, update, called, reply);
                    later(chance.nextInt(200), () -> next(object, history, left - 1, updates, done));
                });
    }

    private void record(TallyHistory history, boolean update, long called, ObjectReply reply) {
        if (reply instanceof ObjectReply.Value(Status status, byte[] data) && status == Status.RETURNED) {
            long value = (Long) codec.decode(data);
            if (update) {
                history.incremented(called, now, value);
            } else {
                history.read(called, now, value);
            }
        } else if (reply instanceof ObjectReply.Failed failed
                && update
                && failed.problem().reason() == Reason.OUTCOME_UNKNOWN) {
            history.incrementedPerhaps(called);
        } else {
            throw new AssertionError("a call was answered by " + reply);
        }
    }

    ObjectService service() {
        return service;
    }

    Random chance() {
        return chance;
    }

    void later(long delay, Runnable what) {
        events.add(new Event(now + delay, sequence++, what));
    }

    /** Runs until this is done, or nothing is left to do. */
    void run(CompletableFuture<?> until) {
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.time;
            next.what.run();
            if (until.isDone()) {
                return;
            }
        }
        if (!until.isDone()) {
            throw new AssertionError("nothing is left to do, and somebody waits");
        }
    }

    private long delay() {
        return chance.nextInt(20) == 0 ? chance.nextLong(SLOWEST) : 1 + chance.nextInt(30);
    }

    private void deliver(int from, int to, ObjectMessage message) {
        if (nodes.get(from).dead || nodes.get(to).dead) {
            return;
        }
        if (ObjectService.takes(message)) {
            // As Ignite's event of the loss comes before or after it; afterwards nothing of the node is heard.
            if (!nodes.get(from).declared) {
                service.receive(from, message);
            }
        } else {
            nodes.get(to).host.receive(from, message);
        }
    }

    private final class Node {
        private final ObjectHost host;
        private boolean dead;
        private boolean declared;
        private boolean full;

        Node(int rank) {
            host = new ObjectHost(rank, new Link(rank), new Threads(this), () -> now);
        }
    }

    private final class Link implements ObjectHost.Link {
        private final int rank;

        Link(int rank) {
            this.rank = rank;
        }

        @Override
        public void send(int node, ObjectMessage message) {
            if (!nodes.isEmpty() && nodes.get(rank).dead) {
                return;
            }
            if (node == rank) {
                later(1 + chance.nextInt(3), () -> deliver(rank, node, message));
                return;
            }
            int times = chance.nextInt(10) == 0 ? 2 : 1;
            for (int i = 0; i < times; i++) {
                later(delay(), () -> deliver(rank, node, message));
            }
        }

        @Override
        public ClassLoader load(String code) {
            return ObjectSimulation.class.getClassLoader();
        }

        @Override
        public @Nullable String full() {
            return nodes.get(rank).full ? "node-" + rank + " is full" : null;
        }
    }

    /** Threads of a node: a task runs after a while, unless the node died. */
    private final class Threads extends AbstractExecutorService {
        private final Node node;

        Threads(Node node) {
            this.node = node;
        }

        @Override
        public void execute(Runnable task) {
            later(1 + chance.nextInt(40), () -> {
                if (!node.dead) {
                    task.run();
                }
            });
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
