package dev.kiln.runtime.cluster;

import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way to values that nodes hold. Thread-safe; methods never wait for the network. */
public interface ValueLink {

    /**
     * Asks a node for a value that it holds.
     *
     * @param part the index of a record component, or -1 for the whole
     * @return null when the node does not hold it; fails when the node is lost
     */
    CompletableFuture<@Nullable Payload> fetch(int node, long workflow, long value, int part);

    /**
     * The same, for one reader, who would decode what comes by this codec: it may come {@linkplain Payload.Live decoded}.
     *
     * @return fails as decoding does, too
     */
    default CompletableFuture<@Nullable Payload> fetch(
            int node, long workflow, long value, int part, ValueCodec codec) {
        return fetch(node, workflow, value, part);
    }
}
