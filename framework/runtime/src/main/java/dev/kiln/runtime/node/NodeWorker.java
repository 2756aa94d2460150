package dev.kiln.runtime.node;

import dev.kiln.runtime.cluster.NodeEndpoint;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A node: it keeps the values of each workflow, gets what tasks read, and runs them on its slots.
 *
 * <p>Thread-safe. Each workflow's state is guarded by its {@link NodeWorkflow}; the slots are shared by all. User code
 * runs on the slots' threads alone; encoding for others, decoding what arrived and waiting for the cache on a few
 * threads of the node's own. Locks are taken in the order driver's loop, workflow, slots; an answer is given and a
 * fetch begun with none of the node's locks held.
 */
public final class NodeWorker implements NodeEndpoint, AutoCloseable {

    private final NodeOptions options;
    private final NodeLink link;
    private final SlotPool slots;
    private final IoThreads io;
    private final Map<Long, NodeWorkflow> workflows = new ConcurrentHashMap<>();

    /** Starts a node. */
    public NodeWorker(NodeOptions options, NodeLink link) {
        this.options = options;
        this.link = link;
        this.slots = new SlotPool(options.name(), options.slots());
        this.io = new IoThreads(options.name());
    }

    @Override
    public void receive(long workflow, List<ToNode> batch) {
        int from = 0;
        for (int i = 0; i < batch.size(); i++) {
            ToNode message = batch.get(i);
            if (message instanceof ToNode.OpenWorkflow open) {
                pass(workflow, batch.subList(from, i));
                from = i + 1;
                open(workflow, open.code());
            } else if (message instanceof ToNode.CloseWorkflow) {
                pass(workflow, batch.subList(from, i));
                from = i + 1;
                close(workflow);
            }
        }
        pass(workflow, from == 0 ? batch : batch.subList(from, batch.size()));
    }

    private void close(long workflow) {
        NodeWorkflow known = workflows.remove(workflow);
        if (known != null) {
            known.close();
        }
    }

    private void open(long workflow, String code) {
        if (!workflows.containsKey(workflow) && !io.isClosed()) {
            var opened = new NodeWorkflow(workflow, options, link, slots, io);
            workflows.put(workflow, opened);
            opened.open(code);
        }
    }

    /** Messages of a workflow that is closed here are of no use to anybody. */
    private void pass(long workflow, List<ToNode> messages) {
        NodeWorkflow known = messages.isEmpty() ? null : workflows.get(workflow);
        if (known != null) {
            known.receive(messages);
        }
    }

    @Override
    public CompletableFuture<@Nullable Payload> serve(long workflow, long value, int part) {
        NodeWorkflow known = workflows.get(workflow);
        return known == null ? CompletableFuture.completedFuture(null) : known.serve(value, part);
    }

    @Override
    public @Nullable ByteSink encoded(long workflow, long value, int part) {
        NodeWorkflow known = workflows.get(workflow);
        return known == null ? null : known.encoded(value, part);
    }

    /** How many values of all workflows this node holds. */
    public int residentValues() {
        return workflows.values().stream()
                .mapToInt(NodeWorkflow::residentValues)
                .sum();
    }

    /** Cancels everything; does not wait for user code that ignores its interrupt. */
    @Override
    public void close() {
        workflows.values().forEach(NodeWorkflow::close);
        workflows.clear();
        slots.close();
        io.close();
    }
}
