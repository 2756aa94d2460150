package dev.kiln.runtime.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The cluster's cache of encoded values, each under a shard whose owner keeps it in memory, with a backup on another
 * node where there is one. Thread-safe; calls wait for the cluster, so they are made on a node's own threads.
 */
public interface BlockCache {

    /**
     * Stores a value; returns when the owner and its backup have it.
     *
     * @throws BlockCacheFullException when the owner's memory would not hold it
     */
    void put(long workflow, long value, int shard, byte[] data);

    /** The value, or null when it is not there: never stored, dropped, or lost with its owner and backup. */
    byte @Nullable [] get(long workflow, long value, int shard);

    /** Whether this JVM owns the shard, so that reading it moves nothing between nodes; for the statistics alone. */
    default boolean isLocal(int shard) {
        return false;
    }

    /** Frees a value; nothing happens when it is not there. */
    void drop(long workflow, long value, int shard);

    /** Frees every value of a workflow. */
    void dropAll(long workflow);
}
