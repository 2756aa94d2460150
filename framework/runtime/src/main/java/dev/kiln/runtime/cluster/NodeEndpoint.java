package dev.kiln.runtime.cluster;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A node, as what carries messages reaches it. Thread-safe; only hands over, so any thread may call. */
public interface NodeEndpoint {

    /** Messages of a workflow's driver, in the order sent. */
    void receive(long workflow, List<ToNode> batch);

    /**
     * Another node, or a driver, wants a value that this node holds. Encoding happens on the node's own threads.
     *
     * @param part the index of a record component, or -1 for the whole
     * @return null when it is not here
     */
    CompletableFuture<@Nullable Payload> serve(long workflow, long value, int part);

    /**
     * The same, encoded on the calling thread, which sends it at once.
     *
     * @return null when it is not here
     */
    @Nullable ByteSink encoded(long workflow, long value, int part);
}
