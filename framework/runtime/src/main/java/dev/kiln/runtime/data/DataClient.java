package dev.kiln.runtime.data;

import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Fetches values from other nodes, several at once. Thread-safe. */
public final class DataClient implements AutoCloseable {

    private final DataKeys keys;
    private final Stages stages;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Peer> peers = new ConcurrentHashMap<>();

    /** Calls nobody yet. */
    public DataClient(DataKeys keys) {
        this.keys = keys;
        this.stages = new Stages(keys);
    }

    /**
     * Fetches a value.
     *
     * @param address where that node listens
     * @param codec reads the value as it comes, so that it arrives {@linkplain Payload.Live live}; or null, for its bytes
     * @return null when the node does not hold it; fails when the node is lost or its connection cut, with a
     *     {@link NoConnectionException} when there was none, and as decoding does
     */
    public CompletableFuture<@Nullable Payload> fetch(
            int rank, InetSocketAddress address, long workflow, long value, int part, @Nullable ValueCodec codec) {
        return peers.computeIfAbsent(rank, r -> new Peer(r, address, keys, stages, random))
                .fetch(workflow, value, part, codec);
    }

    /** Fails what that node has not sent. */
    public void nodeLost(int rank) {
        Peer peer = peers.remove(rank);
        if (peer != null) {
            peer.close();
        }
    }

    /** Cuts the connections to a node that there are now; what is asked later goes over new ones. */
    public void cut(int rank) {
        Peer peer = peers.get(rank);
        if (peer != null) {
            peer.cut();
        }
    }

    @Override
    public void close() {
        peers.values().forEach(Peer::close);
    }
}
