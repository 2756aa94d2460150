package dev.kiln.ignite;

import dev.kiln.engine.ShardMap;
import dev.kiln.tasks.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ignite.cache.affinity.AffinityFunction;
import org.apache.ignite.cache.affinity.AffinityFunctionContext;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;

/**
 * Puts partition {@code s} of the cache, which holds the blocks of shard {@code s}, on the nodes that
 * {@link ShardMap#owners} names: the same function by which the scheduler sends tasks there.
 */
final class ShardAffinity implements AffinityFunction {

    /** The node attribute that holds a node's number. */
    static final String RANK = "kiln.rank";

    private static final long serialVersionUID = 1L;

    private final int founders;

    ShardAffinity(int founders) {
        this.founders = founders;
    }

    /** A node's number, or -1 for a node that is none of Kiln's. */
    static int rankOf(ClusterNode node) {
        @Nullable Object rank = node.attribute(RANK);
        return rank instanceof Integer number ? number : -1;
    }

    @Override
    public int partitions() {
        return Placement.SHARDS;
    }

    @Override
    public int partition(Object key) {
        return key instanceof Long packed ? BlockKey.shard(packed) : Math.floorMod(key.hashCode(), Placement.SHARDS);
    }

    @Override
    public List<List<ClusterNode>> assignPartitions(AffinityFunctionContext context) {
        Map<Integer, ClusterNode> nodes = new HashMap<>();
        context.currentTopologySnapshot().forEach(node -> nodes.put(rankOf(node), node));
        List<List<ClusterNode>> owners = new ArrayList<>(Placement.SHARDS);
        for (int shard = 0; shard < Placement.SHARDS; shard++) {
            List<ClusterNode> ofShard = new ArrayList<>();
            for (int rank : ShardMap.owners(shard, founders, nodes::containsKey, context.backups() + 1)) {
                ofShard.add(nodes.get(rank));
            }
            owners.add(ofShard);
        }
        return owners;
    }

    @Override
    public void removeNode(UUID nodeId) {}

    @Override
    public void reset() {}
}
