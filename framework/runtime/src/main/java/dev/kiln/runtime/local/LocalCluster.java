package dev.kiln.runtime.local;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.driver.Driver;
import dev.kiln.runtime.driver.DriverOptions;
import dev.kiln.runtime.node.NodeOptions;
import dev.kiln.runtime.node.NodeWorker;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Nodes in this JVM that share its memory: values pass by reference, and a message is a method call on the thread that
 * sends it. Thread-safe; its threads are daemons.
 */
public final class LocalCluster implements WorkflowProvider, AutoCloseable {

    private final List<NodeWorker> nodes = new ArrayList<>();
    private final int slots;
    private final Map<Long, ClusterLink.Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, ClassLoader> codes = new ConcurrentHashMap<>();
    private final Map<String, Driver> drivers = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LocalObjects objects;

    private LocalCluster(int count, int slots) {
        this.slots = slots;
        List<String> names = new ArrayList<>();
        for (int rank = 0; rank < count; rank++) {
            names.add(name(rank));
            nodes.add(new NodeWorker(new NodeOptions(rank, name(rank), slots), new Link(rank)));
        }
        this.objects = new LocalObjects(names);
    }

    /** Starts a cluster of one node. */
    public static LocalCluster start(int slots) {
        return start(1, slots);
    }

    /**
     * Starts a cluster of several nodes, to try placement with; all of them are in this JVM.
     *
     * @param slots how many tasks each runs at once
     */
    public static LocalCluster start(int nodes, int slots) {
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes is " + nodes + ": expected 1 or more");
        }
        return new LocalCluster(nodes, slots);
    }

    @Override
    public WorkflowBackend open(ClassLoader code) {
        return open(code, WorkflowOptions.usual());
    }

    @Override
    public WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
        return open(code, wish, () -> {});
    }

    Driver open(ClassLoader code, WorkflowOptions wish, Runnable afterClose) {
        // A workflow's number is known only after its first message, so code has a number of its own.
        String id = "local-" + numbers.getAndIncrement();
        codes.put(id, code);
        objects.know(id, code);
        var options = DriverOptions.inJvm(nodes.size()).with(wish).withAfterClose(() -> {
            codes.remove(id);
            drivers.remove(id);
            afterClose.run();
        });
        Driver driver = Driver.open(new Link(-1), id, code, options);
        drivers.put(id, driver);
        return driver;
    }

    /** The active objects, for clients that come from outside. */
    public ObjectAccess objects() {
        return objects;
    }

    /** Closes the workflows that are open, and ends the nodes. */
    @Override
    public void close() {
        List.copyOf(drivers.values()).forEach(Driver::close);
        objects.close();
        nodes.forEach(NodeWorker::close);
    }

    private static String name(int rank) {
        return "local-" + rank;
    }

    /** A driver's or a node's way to the others. */
    private final class Link implements ClusterLink, NodeLink {

        private final int rank;

        Link(int rank) {
            this.rank = rank;
        }

        @Override
        public long attach(Endpoint endpoint) {
            long workflow = numbers.getAndIncrement();
            endpoints.put(workflow, endpoint);
            for (int node = 0; node < nodes.size(); node++) {
                endpoint.nodeJoined(node, name(node), slots);
            }
            return workflow;
        }

        @Override
        public void detach(long workflow) {
            endpoints.remove(workflow);
        }

        @Override
        public void send(int node, long workflow, List<ToNode> messages) {
            nodes.get(node).receive(workflow, messages);
        }

        @Override
        public void answer(long workflow, ToDriver answer) {
            Endpoint endpoint = endpoints.get(workflow);
            if (endpoint != null) {
                endpoint.answers(rank, List.of(answer));
            }
        }

        @Override
        public CompletableFuture<@Nullable Payload> fetch(int node, long workflow, long value, int part) {
            return nodes.get(node).serve(workflow, value, part);
        }

        @Override
        public ObjectAccess objects() {
            return objects;
        }

        @Override
        public boolean encodes() {
            return false;
        }

        @Override
        public @Nullable BlockCache cache() {
            return null;
        }

        @Override
        public ClassLoader load(String code) {
            ClassLoader loader = codes.get(code);
            if (loader == null) {
                throw new IllegalStateException("this cluster knows no code " + code);
            }
            return loader;
        }
    }
}
