package dev.kiln.ignite;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.ObjectHost;
import dev.kiln.runtime.objects.ObjectMessage;
import dev.kiln.runtime.objects.ObjectService;
import dev.kiln.runtime.objects.ObjectWire;
import dev.kiln.runtime.objects.StateStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The active objects of one node, and on node 0 those of the cluster, with Ignite messages between them. Thread-safe:
 * its lock orders the coming and going of nodes, and nothing else happens under it but telling the service.
 */
final class IgniteObjects implements ObjectHost.Link, AutoCloseable {

    /** The first byte of a frame. */
    static final byte FRAME = 5;

    private static final Logger LOG = LogManager.getLogger(IgniteObjects.class);

    private final int self;
    private final Courier courier;
    private final CodeCache code;
    private final ExecutorService threads;
    private final ObjectHost host;
    private final @Nullable ObjectService service;
    private final ScheduledExecutorService clock;
    private final Set<Integer> lost = new HashSet<>();

    /**
     * For one node.
     *
     * @param states where states are kept, on node 0; null on others
     */
    IgniteObjects(NodeSettings node, Courier courier, CodeCache code, @Nullable StateStore states) {
        this.self = node.rank();
        this.courier = courier;
        this.code = code;
        this.threads = Executors.newCachedThreadPool(Thread.ofPlatform()
                .daemon()
                .name("kiln-" + node.name() + "-object-", 0)
                .factory());
        this.host = new ObjectHost(self, this, threads, () -> System.nanoTime() / 1_000_000);
        this.service =
                states == null ? null : new ObjectService(this, states, code::publish, threads, System::nanoTime);
        if (service != null) {
            service.nodeUp(self, node.name());
        }
        this.clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name("kiln-" + node.name() + "-object-clock")
                .factory());
        var _ = clock.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            host.gauge();
            if (service != null) {
                service.balance();
            }
        } catch (RuntimeException e) {
            LOG.warn("objects are not balanced this time: {}", e.toString());
        }
    }

    /** The cluster's objects; on node 0 alone. */
    ObjectAccess access() {
        if (service == null) {
            throw new IllegalStateException("node-" + self + " keeps no directory of objects");
        }
        return service;
    }

    /** Brings back what was kept by a cluster before; waits until it is there. */
    void resume() throws IOException {
        if (service != null) {
            service.resume();
        }
    }

    /** A node says that it is up. */
    synchronized void nodeUp(int rank) {
        if (service != null && !lost.contains(rank)) {
            service.nodeUp(rank, "node-" + rank);
        }
    }

    /** Moves the objects away that are at home on a node that is about to leave; waits for it, but not for ever. */
    void leave(int rank) {
        if (service != null) {
            service.leave(rank);
        }
    }

    /** A node is lost. */
    synchronized void nodeLost(int rank) {
        if (service != null && lost.add(rank)) {
            service.nodeLost(rank);
        }
    }

    @Override
    public void send(int node, ObjectMessage message) {
        if (node == self) {
            deliver(self, message);
            return;
        }
        var out = new ByteSink(256);
        out.u8(FRAME);
        out.i32(self);
        ObjectWire.write(message, out);
        courier.send(node, out.toBytes());
    }

    /** A frame from another node; its first byte is read already. */
    void arrived(byte[] frame) {
        var in = new ByteSource(frame);
        in.u8();
        int from = in.i32();
        deliver(from, ObjectWire.read(in));
    }

    private void deliver(int from, ObjectMessage message) {
        if (!ObjectService.takes(message)) {
            host.receive(from, message);
        } else if (service != null) {
            service.receive(from, message);
        }
    }

    @Override
    public ClassLoader load(String id) {
        return code.load(id);
    }

    @Override
    public @Nullable String full() {
        return HeapGauge.full("node-" + self);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        if (service != null) {
            service.close();
        }
        host.close();
    }
}
