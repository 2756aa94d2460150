package dev.kiln.engine.sim;

import dev.kiln.engine.ShardMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The cluster's cache: each value on the owner of its shard and on one other node, as long as there are two. */
final class SimCache {

    private static final class Stored {
        final long checksum;
        final int shard;
        int[] copies;

        Stored(long checksum, int shard, int[] copies) {
            this.checksum = checksum;
            this.shard = shard;
            this.copies = copies;
        }
    }

    private final int founders;
    private final IntPredicate alive;
    private final Map<Long, Stored> values = new HashMap<>();

    SimCache(int founders, IntPredicate alive) {
        this.founders = founders;
        this.alive = alive;
    }

    void store(long value, long checksum, int shard) {
        values.put(value, new Stored(checksum, shard, ShardMap.owners(shard, founders, alive, 2)));
    }

    @Nullable Long get(long value) {
        Stored stored = values.get(value);
        return stored == null ? null : stored.checksum;
    }

    void drop(long value) {
        values.remove(value);
    }

    Set<Long> values() {
        return values.keySet();
    }

    /** Nodes lost at once; what had a copy elsewhere gets a new backup, the rest is gone. */
    void lost() {
        for (Iterator<Stored> all = values.values().iterator(); all.hasNext(); ) {
            Stored stored = all.next();
            if (Arrays.stream(stored.copies).noneMatch(alive)) {
                all.remove();
            } else {
                stored.copies = ShardMap.owners(stored.shard, founders, alive, 2);
            }
        }
    }
}
