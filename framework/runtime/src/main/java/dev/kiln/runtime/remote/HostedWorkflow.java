package dev.kiln.runtime.remote;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.BlockCacheFullException;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.runtime.wire.WireFormat;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A workflow whose driver is at the other end of a connection: what the driver sends goes to the nodes under this
 * workflow's number, whatever it is, and what nodes answer goes back. When the connection ends, however it does, the
 * nodes forget the workflow and the cache what it held.
 *
 * <p>Belongs to the thread that reads the connection, but for what the cluster calls, which only hands over.
 */
final class HostedWorkflow implements ClusterLink.Endpoint, Channel.Listener {

    private static final System.Logger LOG = System.getLogger("dev.kiln.workflow");

    private static final int IO_THREADS = 4;

    private final WorkflowHost host;
    private final ClusterLink link;
    private final Channel<ToDriver> channel;
    /** Waits for the cache. */
    private final ExecutorService waiting;
    /** Nodes that have the workflow. */
    private final Set<Integer> opened = new HashSet<>();

    private final Map<Long, CompletableFuture<WorkflowReport>> reports = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private volatile @Nullable WorkflowReport latest;
    private volatile boolean over;
    private long workflow = -1;
    private @Nullable String code;

    /** Is thrown to leave the connection in order. */
    private static final class Bye extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Bye() {
            super(null, null, false, false);
        }
    }

    private HostedWorkflow(WorkflowHost host, Channel<ToDriver> channel) {
        this.host = host;
        this.link = host.link();
        this.channel = channel;
        this.waiting = Executors.newFixedThreadPool(
                IO_THREADS,
                Thread.ofPlatform().daemon().name("kiln-workflow-io-", 0).factory());
    }

    /** Serves one connection until it ends, on this thread. */
    static void serve(WorkflowHost host, Dial connection) throws IOException {
        try (var channel = new Channel<ToDriver>(connection, WireFormat::encodeToDriver)) {
            new HostedWorkflow(host, channel).serve();
        }
    }

    private void serve() throws IOException {
        try {
            channel.read(this);
        } catch (Bye bye) {
            // Below.
        } catch (CorruptDataException e) {
            LOG.log(System.Logger.Level.WARNING, "a workflow from outside was cut off: {0}", e.getMessage());
        } finally {
            end();
        }
    }

    /** Frees all that the workflow has in the cluster. Nothing of it is left when this returns, but tasks that go on. */
    private void end() {
        over = true;
        // What is being stored is there before all of it is freed.
        waiting.close();
        try {
            if (workflow >= 0) {
                forget();
            }
        } finally {
            if (code != null) {
                host.leave(code);
            }
        }
    }

    private void forget() {
        try {
            for (int node : opened) {
                link.send(node, workflow, List.of(new ToNode.CloseWorkflow()));
            }
            cache().dropAll(workflow);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a workflow was not freed, as the cluster closes: {0}", e.getMessage());
        } finally {
            link.detach(workflow);
        }
    }

    private BlockCache cache() {
        return Objects.requireNonNull(link.cache(), "a cache");
    }

    @Override
    public void frame(int kind, ByteSource in) {
        switch (kind) {
            case WorkflowFrames.HELLO -> hello(in.string());
            case WorkflowFrames.CODE -> code(in.string());
            case WorkflowFrames.ATTACH -> attach();
            case WorkflowFrames.BYE -> throw new Bye();
            case WorkflowFrames.REPORT -> report(in);
            default -> attached(kind, in);
        }
    }

    private void hello(String version) {
        if (version.equals(host.version())) {
            channel.send(WorkflowFrames.frame(WorkflowFrames.WELCOME, host.founders()));
        } else {
            refuse("it runs Kiln " + host.version() + ", and this is Kiln " + version
                    + ": run programs with the version that started the cluster, or start it anew");
        }
    }

    private void refuse(String why) {
        channel.send(WorkflowFrames.frame(WorkflowFrames.REFUSED, why));
    }

    private void code(String id) {
        if (code != null) {
            throw new CorruptDataException("a second jar on one connection");
        }
        try {
            boolean known = host.use(id);
            code = known ? id : null;
            channel.send(WorkflowFrames.frame(known ? WorkflowFrames.KNOWN : WorkflowFrames.UNKNOWN));
        } catch (IllegalStateException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void attach() {
        if (workflow >= 0) {
            throw new CorruptDataException("a second workflow on one connection");
        }
        try {
            workflow = link.attach(this);
            channel.send(WorkflowFrames.frame(WorkflowFrames.ATTACHED, workflow));
        } catch (IllegalStateException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void attached(int kind, ByteSource in) {
        if (workflow < 0) {
            throw in.corrupt("the frame " + kind + " before the workflow");
        }
        switch (kind) {
            case WorkflowFrames.MESSAGES -> messages((int) in.varint(), WireFormat.decodeToNode(in.block()));
            case WorkflowFrames.RELEASE -> link.release((int) in.varint(), workflow);
            case WorkflowFrames.FETCH -> fetch(in.varint(), (int) in.varint(), in.varint(), in.signedInt());
            case WorkflowFrames.GET -> get(in.varint(), in.varint(), (int) in.varint());
            case WorkflowFrames.DROP -> {
                long value = in.varint();
                int shard = (int) in.varint();
                waiting.execute(() -> cache().drop(workflow, value, shard));
            }
            default -> throw in.corrupt("the unknown frame " + kind);
        }
    }

    @Override
    public void value(int kind, ByteSource head, byte[] data) {
        if (kind == WorkflowFrames.JAR && code == null) {
            try {
                code = host.publish(data);
                channel.send(WorkflowFrames.frame(WorkflowFrames.KNOWN));
            } catch (RuntimeException e) {
                refuse("the program's jar could not be kept: " + e.getMessage());
            }
        } else if (kind == WorkflowFrames.PUT && workflow >= 0) {
            put(head.varint(), head.varint(), (int) head.varint(), data);
        } else {
            throw head.corrupt("a value of the unknown kind " + kind);
        }
    }

    private void messages(int node, List<ToNode> batch) {
        for (ToNode message : batch) {
            if (message instanceof ToNode.OpenWorkflow) {
                opened.add(node);
            }
            link.send(node, workflow, List.of(message));
        }
    }

    private void fetch(long number, int node, long value, int part) {
        var _ = link.fetch(node, workflow, value, part).whenComplete((found, problem) -> {
            if (problem != null) {
                failed(number, problem);
            } else if (found instanceof Payload.Encoded(byte[] data)) {
                channel.send(WorkflowFrames.frame(WorkflowFrames.FOUND, number), data);
            } else {
                channel.send(WorkflowFrames.frame(WorkflowFrames.DONE, number));
            }
        });
    }

    private void get(long number, long value, int shard) {
        waiting.execute(() -> {
            try {
                byte @Nullable [] data = cache().get(workflow, value, shard);
                if (data == null) {
                    channel.send(WorkflowFrames.frame(WorkflowFrames.DONE, number));
                } else {
                    channel.send(WorkflowFrames.frame(WorkflowFrames.FOUND, number), data);
                }
            } catch (RuntimeException e) {
                failed(number, e);
            }
        });
    }

    private void put(long number, long value, int shard, byte[] data) {
        waiting.execute(() -> {
            try {
                cache().put(workflow, value, shard, data);
                channel.send(WorkflowFrames.frame(WorkflowFrames.DONE, number));
            } catch (RuntimeException e) {
                failed(number, e);
            }
        });
    }

    private void failed(long number, Throwable problem) {
        ByteSink frame = WorkflowFrames.frame(WorkflowFrames.FAILED, number);
        frame.u8(problem instanceof BlockCacheFullException ? 1 : 0);
        frame.string(String.valueOf(problem.getMessage()));
        channel.send(frame);
    }

    // What the cluster tells.

    @Override
    public void nodeJoined(int node, String name, int slots) {
        ByteSink frame = WorkflowFrames.frame(WorkflowFrames.JOINED, node);
        frame.string(name);
        frame.varint(slots);
        channel.send(frame);
    }

    @Override
    public void nodeLeaving(int node) {
        channel.send(WorkflowFrames.frame(WorkflowFrames.LEAVING, node));
    }

    @Override
    public void nodeLost(int node) {
        channel.send(WorkflowFrames.frame(WorkflowFrames.LOST, node));
    }

    @Override
    public void answers(int node, List<ToDriver> batch) {
        for (ToDriver answer : batch) {
            channel.send(node, answer);
        }
    }

    @Override
    public CompletableFuture<WorkflowReport> report() {
        WorkflowReport known = latest;
        if (over && known != null) {
            return CompletableFuture.completedFuture(known);
        }
        long number = asked.incrementAndGet();
        var report = new CompletableFuture<WorkflowReport>();
        reports.put(number, report);
        channel.send(WorkflowFrames.frame(WorkflowFrames.ASK_REPORT, number));
        return report;
    }

    private void report(ByteSource in) {
        CompletableFuture<WorkflowReport> report = reports.remove(in.varint());
        WorkflowReport told = ReportWire.read(in);
        latest = told;
        if (report != null) {
            report.complete(told);
        }
    }
}
