package dev.kiln.ignite;

import dev.kiln.engine.ShardMap;
import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.BlockCacheFullException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.cache.query.ScanQuery;
import org.apache.ignite.lang.IgniteBiPredicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of all workflows in one Ignite cache. Each node remembers the keys that it stored, so that a workflow's
 * blocks can be freed without looking at every entry; keys stored by a node that is lost since are found by a scan.
 */
final class IgniteBlockCache implements BlockCache {

    private static final Logger LOG = LogManager.getLogger(IgniteBlockCache.class);

    private final int self;
    private final int founders;
    private final IgniteCache<Object, byte[]> cache;
    private final RegionGauge gauge;
    private final Courier courier;
    private final Requests requests;
    private final Map<Long, Set<Object>> stored = new ConcurrentHashMap<>();
    /** Workflows that were closed, of which nothing is to be stored any more; guarded by itself. */
    private final BitSet closed = new BitSet();

    private volatile boolean scan;

    IgniteBlockCache(NodeSettings node, Ignite ignite, RegionGauge gauge, Courier courier, Requests requests) {
        this.self = node.rank();
        this.founders = node.founders();
        this.cache = ignite.cache(NodeConfiguration.BLOCKS);
        this.gauge = gauge;
        this.courier = courier;
        this.requests = requests;
    }

    @Override
    public void put(long workflow, long value, int shard, byte[] data) {
        long key = BlockKey.of(workflow, value, shard);
        store(workflow, key, shard, data);
        synchronized (closed) {
            if (!closed.get((int) workflow)) {
                return;
            }
        }
        // A task was just storing its value when the workflow was closed, which freed what it saw.
        drop(workflow, value, shard);
    }

    /** Stores under any key of that shard. */
    void store(long workflow, Object key, int shard, byte[] data) {
        int[] owners = ShardMap.owners(shard, founders, courier::isUp, NodeConfiguration.backups(founders) + 1);
        int asked = 0;
        try {
            for (; asked < owners.length; asked++) {
                @Nullable String refused = reserve(owners[asked], data.length);
                if (refused != null) {
                    throw new BlockCacheFullException(refused);
                }
            }
            stored.computeIfAbsent(workflow, w -> ConcurrentHashMap.newKeySet()).add(key);
            cache.put(key, data);
        } catch (CacheException e) {
            throw new IllegalStateException(
                    "a block of " + Bytes.text(data.length) + " could not be stored: " + e.getMessage(), e);
        } finally {
            for (int i = 0; i < asked; i++) {
                release(owners[i], data.length);
            }
        }
    }

    private @Nullable String reserve(int owner, long bytes) {
        if (owner == self) {
            return gauge.reserve(self, bytes);
        }
        try {
            byte @Nullable [] refused =
                    requests.ask(owner, Question.reserve(self, bytes)).join();
            return refused == null ? null : new String(refused, StandardCharsets.UTF_8);
        } catch (java.util.concurrent.CompletionException lost) {
            // Another node takes the shard over; Ignite finds out by itself where to put the block now.
            return null;
        }
    }

    private void release(int owner, long bytes) {
        if (owner == self) {
            gauge.release(self, bytes);
        } else {
            var _ = requests.ask(owner, Question.release(self, bytes));
        }
    }

    @Override
    public byte @Nullable [] get(long workflow, long value, int shard) {
        return load(BlockKey.of(workflow, value, shard));
    }

    byte @Nullable [] load(Object key) {
        try {
            return cache.get(key);
        } catch (CacheException e) {
            throw new IllegalStateException("a stored block could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isLocal(int shard) {
        int[] owner = ShardMap.owners(shard, founders, courier::isUp, 1);
        return owner.length > 0 && owner[0] == self;
    }

    @Override
    public void drop(long workflow, long value, int shard) {
        remove(workflow, BlockKey.of(workflow, value, shard));
    }

    /** Frees what was stored under any key. */
    void remove(long workflow, Object key) {
        @Nullable Set<Object> keys = stored.get(workflow);
        if (keys != null) {
            keys.remove(key);
        }
        try {
            cache.remove(key);
        } catch (CacheException | IllegalStateException e) {
            // The cluster is stopping, and its memory goes with it.
            LOG.debug("a block was not freed: {}", e.getMessage());
        }
    }

    @Override
    public void dropAll(long workflow) {
        dropOwn(workflow).join();
        for (int rank : courier.ranks()) {
            if (rank != self) {
                // A node that is lost meanwhile takes its list along; the next scan finds what it stored.
                requests.ask(rank, Question.dropWorkflow(workflow))
                        .exceptionally(lost -> null)
                        .join();
            }
        }
    }

    /** Frees what this node stored of a workflow, without waiting. */
    CompletableFuture<Void> dropOwn(long workflow) {
        synchronized (closed) {
            closed.set((int) workflow);
        }
        @Nullable Set<Object> mine = stored.remove(workflow);
        Set<Object> keys = mine == null ? new HashSet<>() : new HashSet<>(mine);
        if (scan) {
            keys.addAll(localKeys(workflow));
        }
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var done = new CompletableFuture<Void>();
        try {
            cache.removeAllAsync(keys).listen(f -> done.complete(null));
        } catch (CacheException | IllegalStateException e) {
            LOG.debug("the blocks of workflow {} were not freed: {}", workflow, e.getMessage());
            done.complete(null);
        }
        return done;
    }

    private Set<Object> localKeys(long workflow) {
        IgniteBiPredicate<Object, byte[]> ofWorkflow =
                (key, data) -> key instanceof Long packed && BlockKey.workflow(packed) == workflow;
        Set<Object> keys = new HashSet<>();
        try (var found = cache.query(new ScanQuery<>(ofWorkflow).setLocal(true), Cache.Entry<Object, byte[]>::getKey)) {
            found.forEach(keys::add);
        }
        return keys;
    }

    void nodeLost(int rank) {
        scan = true;
        gauge.nodeLost(rank);
    }
}
