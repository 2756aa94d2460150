package dev.kiln.runtime.testing;

import dev.kiln.engine.ShardMap;
import dev.kiln.runtime.cluster.BlockCache;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** A cache that keeps each value on the owner of its shard and one backup, and makes a new backup when one is lost. */
final class SimulatedCache implements BlockCache {

    private record Key(long workflow, long value) {}

    private record Stored(byte[] data, int shard, Set<Integer> nodes) {}

    private final int founders;
    private final IntPredicate alive;
    private final Map<Key, Stored> stored = new HashMap<>();

    SimulatedCache(int founders, IntPredicate alive) {
        this.founders = founders;
        this.alive = alive;
    }

    @Override
    public synchronized void put(long workflow, long value, int shard, byte[] data) {
        var kept = new Stored(data.clone(), shard, new TreeSet<>());
        place(kept);
        stored.put(new Key(workflow, value), kept);
    }

    @Override
    public synchronized byte[] get(long workflow, long value, int shard) {
        Stored found = stored.get(new Key(workflow, value));
        return found == null || found.shard != shard ? null : found.data.clone();
    }

    @Override
    public synchronized void drop(long workflow, long value, int shard) {
        stored.remove(new Key(workflow, value));
    }

    @Override
    public synchronized void dropAll(long workflow) {
        stored.keySet().removeIf(key -> key.workflow == workflow);
    }

    /** A node is gone: what only it had is lost. */
    synchronized void lost(int node) {
        stored.values().removeIf(each -> each.nodes.remove(node) && each.nodes.isEmpty());
        stored.values().forEach(this::place);
    }

    synchronized int size() {
        return stored.size();
    }

    private void place(Stored value) {
        for (int node : ShardMap.owners(value.shard, founders, alive, 2)) {
            value.nodes.add(node);
        }
    }
}
