package dev.kiln.ignite;

import dev.kiln.runtime.cluster.NodeEndpoint;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A node that runs nothing: it answers each task as done with its number as size, and serves what it was given. */
final class EchoNode implements NodeEndpoint {

    final Map<Long, byte[]> values = new ConcurrentHashMap<>();
    final NodeLink link;
    volatile @Nullable CompletableFuture<@Nullable Payload> held;

    EchoNode(NodeLink link) {
        this.link = link;
    }

    @Override
    public void receive(long workflow, List<ToNode> batch) {
        for (ToNode message : batch) {
            if (message instanceof ToNode.CancelTask task) {
                link.answer(workflow, new ToDriver.InputMissing(task.task(), task.attempt(), 0, 0));
            }
        }
    }

    @Override
    public CompletableFuture<@Nullable Payload> serve(long workflow, long value, int part) {
        CompletableFuture<@Nullable Payload> wait = held;
        if (wait != null) {
            return wait;
        }
        byte[] data = values.get(value);
        return CompletableFuture.completedFuture(data == null ? null : new Payload.Encoded(data));
    }

    @Override
    public @Nullable ByteSink encoded(long workflow, long value, int part) {
        if (!(serve(workflow, value, part).join() instanceof Payload.Encoded found)) {
            return null;
        }
        var out = new ByteSink();
        out.bytes(found.data());
        return out;
    }
}
