package dev.kiln.ignite;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterGroup;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteBiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames of bytes to other nodes by their number, as Ignite messages. Frames may overtake each other; one to a
 * lost node vanishes. Thread-safe; sending does not wait for the network.
 */
final class Courier {

    private static final String TOPIC = "kiln";

    private final Ignite ignite;
    private final ConcurrentMap<Integer, UUID> ids = new ConcurrentHashMap<>();

    /** What to do with a frame; runs on Ignite's threads, so it only hands over. */
    interface Listener {
        void arrived(byte[] frame);
    }

    Courier(Ignite ignite) {
        this.ignite = ignite;
    }

    void listen(Listener listener) {
        ignite.message().localListen(TOPIC, (IgniteBiPredicate<UUID, byte[]>) (from, frame) -> {
            listener.arrived(frame);
            return true;
        });
    }

    /** False when there is no such node, any more or yet. */
    boolean send(int rank, byte[] frame) {
        @Nullable ClusterGroup to = node(rank);
        if (to == null) {
            return false;
        }
        try {
            ignite.message(to).send(TOPIC, frame);
            return true;
        } catch (IgniteException | IllegalStateException e) {
            // The node went while this was sent, or this node stops.
            return false;
        }
    }

    /** What a node tells of itself; null when there is no such node. */
    @Nullable String attribute(int rank, String name) {
        @Nullable ClusterGroup group = node(rank);
        @Nullable ClusterNode node = group == null ? null : group.node();
        return node == null ? null : node.attribute(name);
    }

    /** The numbers of the nodes that are up. */
    List<Integer> ranks() {
        return ignite.cluster().nodes().stream().map(ShardAffinity::rankOf).toList();
    }

    boolean isUp(int rank) {
        return node(rank) != null;
    }

    /** The one node of this number, or null. */
    @Nullable ClusterGroup node(int rank) {
        @Nullable UUID id = ids.get(rank);
        if (id == null) {
            for (ClusterNode node : ignite.cluster().nodes()) {
                ids.putIfAbsent(ShardAffinity.rankOf(node), node.id());
            }
            id = ids.get(rank);
        }
        @Nullable ClusterNode node = id == null ? null : ignite.cluster().node(id);
        return node == null ? null : ignite.cluster().forNode(node);
    }
}
