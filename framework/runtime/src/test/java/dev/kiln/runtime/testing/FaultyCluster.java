package dev.kiln.runtime.testing;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.driver.Driver;
import dev.kiln.runtime.driver.DriverOptions;
import dev.kiln.runtime.node.NodeOptions;
import dev.kiln.runtime.node.NodeWorker;
import dev.kiln.runtime.remote.WorkflowHost;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.runtime.wire.WireFormat;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Nodes in one JVM that share nothing: every message and value is encoded, and travels by {@link Postman}, who delays
 * and doubles messages as a seed says. Nodes can be killed and links between them cut. Thread-safe.
 */
public final class FaultyCluster implements WorkflowProvider, AutoCloseable {

    /** In place of a node: the JVM of the program. */
    private static final int DRIVER = -1;

    private final int slots;
    private final List<NodeWorker> nodes = new CopyOnWriteArrayList<>();
    private final int founders;
    /** Nodes that are to leave, and the workflows that still need them. */
    private final Map<Integer, Set<Long>> leaving = new ConcurrentHashMap<>();

    private final Set<Integer> dead = ConcurrentHashMap.newKeySet();
    private final Map<Set<Integer>, Integer> cut = new ConcurrentHashMap<>();
    private final Map<Long, ClusterLink.Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, ClassLoader> codes = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(1);
    private final Postman postman;
    private final SimulatedCache cache;

    // The postman's thread alone.
    private int answers;
    private int doomed = -2;
    private int answersUntilDoom = Integer.MAX_VALUE;

    private FaultyCluster(int count, int slots, Postman postman) {
        this.founders = count;
        this.slots = slots;
        this.postman = postman;
        this.cache = new SimulatedCache(count, node -> !dead.contains(node));
        for (int rank = 0; rank < count; rank++) {
            nodes.add(new NodeWorker(new NodeOptions(rank, name(rank), slots), new Link(rank)));
        }
    }

    /**
     * Starts a cluster.
     *
     * @param seed of the delays
     * @param doubled of a thousand messages, so many arrive twice
     */
    public static FaultyCluster start(int nodes, int slots, long seed, int doubled) {
        return new FaultyCluster(nodes, slots, new Postman(seed, doubled));
    }

    /** The name of a node. */
    public static String name(int rank) {
        return "faulty-" + rank;
    }

    @Override
    public WorkflowBackend open(ClassLoader code) {
        return open(code, WorkflowOptions.usual());
    }

    @Override
    public WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
        return open(code, wish, note -> {});
    }

    /** The same, with a listener for what users are told. */
    public Driver open(ClassLoader code, WorkflowOptions wish, Consumer<String> notes) {
        String id = "code-" + numbers.getAndIncrement();
        codes.put(id, code);
        return Driver.open(
                new Link(DRIVER),
                id,
                code,
                DriverOptions.remote(founders).with(wish).withNotes(notes));
    }

    /** What it offers to drivers outside; every jar stands for this loader's classes. */
    public WorkflowHost host(ClassLoader code) {
        return new WorkflowHost() {
            @Override
            public String version() {
                return "test";
            }

            @Override
            public int founders() {
                return founders;
            }

            @Override
            public ClusterLink link() {
                return new Link(DRIVER);
            }

            @Override
            public boolean use(String id) {
                return codes.containsKey(id);
            }

            @Override
            public void leave(String id) {}

            @Override
            public void keep(String id) {}

            @Override
            public String publish(byte[] jar) {
                String id = UserCode.of(jar).id();
                codes.put(id, code);
                return id;
            }
        };
    }

    /** How many workflows are open. */
    public int openWorkflows() {
        return endpoints.size();
    }

    /** Kills a node once nodes have given so many answers from now on. */
    public void killAfter(int node, int count) {
        postman.send(DRIVER, DRIVER, () -> {
            doomed = node;
            answersUntilDoom = answers + count;
        });
    }

    /** Adds a node. */
    public int join() {
        int rank = nodes.size();
        nodes.add(new NodeWorker(new NodeOptions(rank, name(rank), slots), new Link(rank)));
        for (ClusterLink.Endpoint each : endpoints.values()) {
            postman.send(DRIVER, DRIVER, () -> each.nodeJoined(rank, name(rank), slots));
        }
        return rank;
    }

    /** Has a node leave in order; it is killed as soon as no workflow needs it. */
    public void leave(int node) {
        Set<Long> needing = ConcurrentHashMap.newKeySet();
        needing.addAll(endpoints.keySet());
        leaving.put(node, needing);
        for (ClusterLink.Endpoint each : endpoints.values()) {
            postman.send(DRIVER, DRIVER, () -> each.nodeLeaving(node));
        }
    }

    /** Whether a node is no more. */
    public boolean isGone(int node) {
        return dead.contains(node);
    }

    /** Kills a node now; what it has sent and was not delivered is lost. */
    public void kill(int node) {
        if (!dead.add(node)) {
            return;
        }
        postman.drop(node);
        cache.lost(node);
        nodes.get(node).close();
        for (ClusterLink.Endpoint each : endpoints.values()) {
            postman.send(DRIVER, DRIVER, () -> each.nodeLost(node));
        }
    }

    /** The next so many fetches between these two fail. */
    public void cut(int a, int b, int fetches) {
        cut.put(Set.of(a, b), fetches);
    }

    /** How many values the nodes hold, of all workflows. */
    public int residentValues() {
        return nodes.stream().mapToInt(NodeWorker::residentValues).sum();
    }

    /** How many values the cache holds. */
    public int cachedValues() {
        return cache.size();
    }

    @Override
    public void close() {
        nodes.forEach(NodeWorker::close);
        postman.close();
    }

    private boolean isCut(int a, int b) {
        Integer left = cut.computeIfPresent(Set.of(a, b), (link, fetches) -> fetches - 1);
        return left != null && left >= 0;
    }

    private void answered(long workflow, int node, byte[] data) {
        ClusterLink.Endpoint endpoint = endpoints.get(workflow);
        if (endpoint != null && !dead.contains(node)) {
            endpoint.answers(node, WireFormat.decodeToDriver(data));
        }
        if (++answers >= answersUntilDoom) {
            answersUntilDoom = Integer.MAX_VALUE;
            kill(doomed);
        }
    }

    /** A driver's or a node's way to the others. */
    private final class Link implements ClusterLink, NodeLink {

        private final int here;

        Link(int here) {
            this.here = here;
        }

        @Override
        public long attach(Endpoint endpoint) {
            long workflow = numbers.getAndIncrement();
            endpoints.put(workflow, endpoint);
            for (int node = 0; node < nodes.size(); node++) {
                if (!dead.contains(node) && !leaving.containsKey(node)) {
                    endpoint.nodeJoined(node, name(node), slots);
                }
            }
            return workflow;
        }

        @Override
        public void release(int node, long workflow) {
            Set<Long> needing = leaving.get(node);
            if (needing != null && needing.remove(workflow) && needing.isEmpty()) {
                kill(node);
            }
        }

        @Override
        public void detach(long workflow) {
            endpoints.remove(workflow);
        }

        @Override
        public void send(int node, long workflow, List<ToNode> messages) {
            byte[] data = WireFormat.encodeToNode(messages);
            postman.sendMessage(here, node, () -> {
                if (!dead.contains(node)) {
                    nodes.get(node).receive(workflow, WireFormat.decodeToNode(data));
                }
            });
        }

        @Override
        public void answer(long workflow, ToDriver answer) {
            if (!dead.contains(here)) {
                byte[] data = WireFormat.encodeToDriver(List.of(answer));
                postman.sendMessage(here, DRIVER, () -> answered(workflow, here, data));
            }
        }

        @Override
        public CompletableFuture<Payload> fetch(int node, long workflow, long value, int part) {
            var result = new CompletableFuture<Payload>();
            if (here != DRIVER && isCut(here, node)) {
                result.completeExceptionally(new IllegalStateException("the link is cut"));
                return result;
            }
            postman.onDrop(node, () -> result.completeExceptionally(new IllegalStateException("the node is lost")));
            postman.send(here, node, () -> {
                if (dead.contains(node)) {
                    result.completeExceptionally(new IllegalStateException("the node is lost"));
                    return;
                }
                nodes.get(node)
                        .serve(workflow, value, part)
                        .whenComplete((payload, problem) -> postman.send(node, here, () -> {
                            if (problem == null) {
                                result.complete(payload);
                            } else {
                                result.completeExceptionally(problem);
                            }
                        }));
            });
            return result;
        }

        @Override
        public boolean encodes() {
            return true;
        }

        @Override
        public BlockCache cache() {
            return cache;
        }

        @Override
        public ClassLoader load(String code) {
            return codes.get(code);
        }
    }
}
