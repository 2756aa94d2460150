package dev.kiln.ignite;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.StateStore;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.tasks.NodeInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterGroup;
import org.jspecify.annotations.Nullable;

/**
 * The drivers' side, in the JVM of node 0. To the node in this JVM messages go as they are; to another, an
 * {@link Outbox} sends them: many at once in an Ignite Compute job, the next when that was acknowledged, so that they
 * gather meanwhile; a few as an Ignite message, which is quicker. Batches are numbered, as the two can overtake each
 * other.
 *
 * <p>Thread-safe. What changes membership, and answers of other JVMs, come one at a time under this object's lock, under
 * which endpoints are called, since they only hand over: so each hears that a node is up before its answers, and none of
 * its answers after it is lost. Sending, and the answers of the node in this JVM, which is never lost, take no lock: there
 * an endpoint may do the driver's work on the node's thread.
 */
final class DriverLink implements ClusterLink, AutoCloseable {

    private static final long MOST_WORKFLOWS = 1 << 20;

    private final Map<Long, Endpoint> drivers = new ConcurrentHashMap<>();
    private final Map<Integer, Member> members = new ConcurrentSkipListMap<>();
    private final Set<Integer> lost = new HashSet<>();
    private final Map<Integer, CompletableFuture<Void>> awaited = new HashMap<>();
    private final StateStore states;
    /** Nodes that are to leave, and those that did. */
    private final Map<Integer, Departing> departing = new HashMap<>();

    /** Run once, when the first task is sent; then null. */
    private final AtomicReference<@Nullable Runnable> onFirstTask = new AtomicReference<>();

    private final ClosedWorkflows ended = new ClosedWorkflows();
    private volatile @Nullable IgniteNode local;
    private long workflows;

    /** A node that is to leave: the workflows that still need it, and what is completed when none does. */
    private record Departing(Set<Long> needing, CompletableFuture<Void> free) {}

    /** A node that is up. */
    private record Member(
            String name, int slots, @Nullable Outbox<Batches.Addressed<ToNode>> outbox, InOrder answers) {}

    /** So many messages, in so many bytes, are a few. */
    private static final int FEW = 32;

    private static final int FEW_BYTES = 16 << 10;

    /** Keeps states of active objects here. */
    DriverLink(StateStore states) {
        this.states = states;
    }

    StateStore states() {
        return states;
    }

    /** The nodes that are up. */
    List<NodeInfo> nodes() {
        return members.values().stream()
                .map(member -> new NodeInfo(member.name, member.slots))
                .toList();
    }

    /** The same by their numbers. */
    Map<Integer, NodeInfo> members() {
        Map<Integer, NodeInfo> all = new TreeMap<>();
        members.forEach((rank, member) -> all.put(rank, new NodeInfo(member.name, member.slots)));
        return all;
    }

    /** The node in this JVM is up. */
    synchronized void bind(IgniteNode node) {
        local = node;
        join(0, node.settings().slots(), null);
    }

    /** Completed when the node of this number is up. */
    synchronized CompletableFuture<Void> up(int rank) {
        return awaited.computeIfAbsent(rank, r -> new CompletableFuture<>());
    }

    /** A node said that it is ready. */
    synchronized void hello(int rank, int slots) {
        if (lost.contains(rank) || members.containsKey(rank)) {
            return;
        }
        IgniteNode node = node();
        var number = new AtomicLong();
        join(
                rank,
                slots,
                new Outbox<>(
                        "kiln-to-node-" + rank,
                        m -> Batches.weight(m.message()),
                        batch -> carry(node, rank, number.getAndIncrement(), batch),
                        System::nanoTime));
    }

    private void join(int rank, int slots, @Nullable Outbox<Batches.Addressed<ToNode>> outbox) {
        Member member = new Member("node-" + rank, slots, outbox, new InOrder());
        members.put(rank, member);
        drivers.values().forEach(driver -> driver.nodeJoined(rank, member.name, slots));
        up(rank).complete(null);
    }

    /** Called by one thread at a time for each node. */
    private static void carry(IgniteNode local, int rank, long number, List<Batches.Addressed<ToNode>> batch) {
        byte[] frame = Batches.toNode(batch, IgniteNode.MESSAGES_HEADER);
        ByteBuffer.wrap(frame).put(IgniteNode.MESSAGES).putLong(number);
        if (batch.size() <= FEW && frame.length <= FEW_BYTES) {
            local.courier().send(rank, frame);
            return;
        }
        @Nullable ClusterGroup to = local.courier().node(rank);
        if (to == null) {
            return;
        }
        try {
            local.ignite().compute(to).withNoFailover().run(new BatchJob(frame));
        } catch (IgniteException | IllegalStateException e) {
            // The node is lost, of which drivers hear by themselves, or the cluster is closing.
            local.logger().debug("a batch did not reach node-{}: {}", rank, e.getMessage());
        }
    }

    /**
     * Has a node leave in order.
     *
     * @return completed when no workflow needs it any more
     * @throws IllegalArgumentException when it is not up, or the first
     */
    CompletableFuture<Void> leave(int rank) {
        Departing departure;
        synchronized (this) {
            if (rank == 0 || !members.containsKey(rank)) {
                throw new IllegalArgumentException(
                        "node-" + rank + " cannot leave: " + (rank == 0 ? "the program runs there" : "it is not up"));
            }
            departure = departing.get(rank);
            if (departure == null) {
                departure = new Departing(new HashSet<>(drivers.keySet()), new CompletableFuture<>());
                departing.put(rank, departure);
                drivers.values().forEach(driver -> driver.nodeLeaving(rank));
            }
        }
        released(departure);
        return departure.free;
    }

    private void released(Departing departure) {
        boolean free;
        synchronized (this) {
            free = departure.needing.isEmpty();
        }
        if (free) {
            departure.free.complete(null);
        }
    }

    @Override
    public void release(int node, long workflow) {
        @Nullable Departing departure;
        synchronized (this) {
            departure = departing.get(node);
            if (departure != null) {
                departure.needing.remove(workflow);
            }
        }
        if (departure != null) {
            released(departure);
        }
    }

    /** Whether a node was to leave, and nobody needed it any more. */
    synchronized boolean hasLeft(int rank) {
        @Nullable Departing departure = departing.get(rank);
        return departure != null && departure.free.isDone() && !departure.free.isCompletedExceptionally();
    }

    /** Sends a node away that nobody needs. */
    synchronized void dismiss(int rank) {
        nodeLost(rank);
        node().courier().send(rank, new byte[] {IgniteNode.LEAVE});
    }

    /** How far all workflows are, those that ended included; waits a moment for those that are busy. */
    WorkflowReport report() {
        return ended.and(List.copyOf(drivers.values()));
    }

    synchronized void nodeLost(int rank) {
        lost.add(rank);
        @Nullable Member member = members.remove(rank);
        if (member == null) {
            return;
        }
        if (member.outbox != null) {
            member.outbox.close();
        }
        drivers.values().forEach(driver -> driver.nodeLost(rank));
        @Nullable Departing departure = departing.get(rank);
        if (departure != null) {
            departure.free.completeExceptionally(
                    new IllegalStateException(member.name + " was lost before it could leave"));
        }
    }

    /** A batch of another node's answers. */
    synchronized void answersArrived(int rank, long number, ByteBuffer batch) {
        @Nullable Member member = members.get(rank);
        if (member != null) {
            member.answers.arrived(
                    number, batch, next -> Batches.readToDriver(next, (w, list) -> deliver(rank, w, list)));
        }
    }

    /** An answer of the node in this JVM. */
    void answer(long workflow, ToDriver answer) {
        deliver(0, workflow, List.of(answer));
    }

    private void deliver(int rank, long workflow, List<ToDriver> answers) {
        @Nullable Endpoint driver = drivers.get(workflow);
        if (driver != null) {
            driver.answers(rank, answers);
        }
    }

    @Override
    public synchronized long attach(Endpoint endpoint) {
        long workflow = ++workflows;
        if (workflow >= MOST_WORKFLOWS) {
            throw new IllegalStateException("this cluster has run " + MOST_WORKFLOWS + " workflows: start a new one");
        }
        drivers.put(workflow, endpoint);
        members.forEach((rank, member) -> {
            if (!departing.containsKey(rank)) {
                endpoint.nodeJoined(rank, member.name, member.slots);
            }
        });
        return workflow;
    }

    @Override
    public void detach(long workflow) {
        @Nullable Endpoint endpoint = drivers.remove(workflow);
        if (endpoint != null) {
            ended.add(endpoint);
        }
        List<Departing> departures;
        synchronized (this) {
            departures = List.copyOf(departing.values());
            departures.forEach(departure -> departure.needing.remove(workflow));
        }
        departures.forEach(this::released);
    }

    /** How many workflows are open. */
    int openWorkflows() {
        return drivers.size();
    }

    /** Tells once when the first task from now on is sent to a node; must not block. */
    void onFirstTask(Runnable action) {
        onFirstTask.set(action);
    }

    private void noticeFirstTask(List<ToNode> messages) {
        if (messages.stream().anyMatch(ToNode.RunTask.class::isInstance)) {
            Runnable action = onFirstTask.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }

    @Override
    public void send(int node, long workflow, List<ToNode> messages) {
        if (onFirstTask.getPlain() != null) {
            noticeFirstTask(messages);
        }
        @Nullable Member member = members.get(node);
        if (member == null) {
            return;
        }
        if (member.outbox == null) {
            node().endpoint().receive(workflow, messages);
        } else {
            List<Batches.Addressed<ToNode>> addressed = new ArrayList<>(messages.size());
            for (ToNode message : messages) {
                addressed.add(new Batches.Addressed<>(workflow, message));
            }
            member.outbox.add(addressed);
        }
    }

    @Override
    public CompletableFuture<@Nullable Payload> fetch(int node, long workflow, long value, int part) {
        return node().fetch(node, workflow, value, part, null);
    }

    @Override
    public CompletableFuture<@Nullable Payload> fetch(int node, long workflow, long value, int part, ValueCodec codec) {
        return node().fetch(node, workflow, value, part, codec);
    }

    /** Also for one node: blocks of shards go to the cache, and a program behaves as it will on several. */
    @Override
    public boolean encodes() {
        return true;
    }

    @Override
    public BlockCache cache() {
        return node().cache();
    }

    @Override
    public ObjectAccess objects() {
        return node().objects().access();
    }

    private IgniteNode node() {
        IgniteNode node = local;
        if (node == null) {
            throw new IllegalStateException("the cluster is not up");
        }
        return node;
    }

    @Override
    public synchronized void close() {
        for (Member member : members.values()) {
            if (member.outbox != null) {
                member.outbox.close();
            }
        }
        members.clear();
    }
}
