package dev.kiln.ignite;

import java.util.HashMap;
import java.util.Map;
import org.apache.ignite.DataRegionMetrics;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * How full this node's memory for blocks is. Ignite takes a JVM down whose region is full, so room is reserved before a
 * block is written and given back when it is there and counted by Ignite itself.
 *
 * <p>Thread-safe; the fields that change are guarded by this object.
 */
final class RegionGauge {

    private final Ignite ignite;
    private final String node;
    private final long limit;
    private long empty;

    /** Bytes by the number of the node that reserved them. */
    private final Map<Integer, Long> reserved = new HashMap<>();

    private long total;

    RegionGauge(Ignite ignite, String node, long limit) {
        this.ignite = ignite;
        this.node = node;
        this.limit = limit;
        this.empty = used();
    }

    /** Why there is no room for a block of this size, or null when it is reserved. */
    synchronized @Nullable String reserve(int asker, long bytes) {
        long used = used();
        // The first node begins with every partition and gives most of them up, so its tables only shrink.
        empty = Math.min(empty, used);
        long taken = used - empty + total;
        long room = room(bytes);
        if (taken + room > limit) {
            return node + " cannot store a block of " + Bytes.text(bytes) + ": of its " + Bytes.text(limit)
                    + " for blocks " + Bytes.text(Math.clamp(limit - taken, 0, limit))
                    + " are free; give nodes more with --memory, or delete what is not needed";
        }
        total += room;
        reserved.merge(asker, room, Long::sum);
        return null;
    }

    synchronized void release(int asker, long bytes) {
        total -= room(bytes);
        reserved.merge(asker, -room(bytes), Long::sum);
    }

    /** What a lost node reserved is free again, whether it was written or not. */
    synchronized void nodeLost(int asker) {
        @Nullable Long held = reserved.remove(asker);
        if (held != null) {
            total -= held;
        }
    }

    /** Whole pages, and one more for the row's place in the tree. */
    private static long room(long bytes) {
        long page = NodeConfiguration.PAGE;
        return (bytes / (page - 256) + 2) * page;
    }

    @SuppressWarnings("deprecation") // what replaces it is a bean by name, for monitoring, and costs a lookup each time
    private long used() {
        @Nullable DataRegionMetrics region = ignite.dataRegionMetrics(NodeConfiguration.REGION);
        if (region == null) {
            throw new IllegalStateException("the data region of " + node + " is not there");
        }
        // The region's own page size is 0 unless all its statistics are switched on.
        return region.getTotalUsedPages() * NodeConfiguration.PAGE;
    }
}
