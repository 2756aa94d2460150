package dev.kiln.runtime.driver;

import dev.kiln.engine.Places;
import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.node.PlainValues;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.tasks.Placement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a value that the program puts is kept: small ones with the driver, others in the cache under a shard of
 * the node wanted, or on that node itself where there is no cache. Thread-safe.
 */
final class PutValues {

    /** What travels inside messages, in bytes encoded. */
    private static final int SMALL = 1024;

    private final ClusterLink link;
    private final DriverCore core;
    private final ValueCodec codec;
    private final AtomicInteger turn = new AtomicInteger();

    PutValues(ClusterLink link, DriverCore core, ValueCodec codec) {
        this.link = link;
        this.core = core;
        this.codec = codec;
    }

    /**
     * A value about to be put.
     *
     * @param holder a node or a constant of {@link Places}
     * @param shard its shard where the holder is the cache, else -1
     */
    record Put(Payload payload, long bytes, int holder, int shard) {}

    /**
     * Checks and encodes a value.
     *
     * @param where finds the nodes that hold a ref's value
     */
    Put prepare(@Nullable Object value, Placement placement, Function<DriverRef<?>, List<String>> where) {
        int node = node(placement, where);
        Payload payload;
        long bytes;
        boolean small;
        if (link.encodes()) {
            byte[] data = codec.encode(value);
            payload = new Payload.Encoded(data);
            bytes = data.length;
            small = bytes <= SMALL;
        } else {
            if (!PlainValues.travels(value)) {
                codec.check(value);
            }
            bytes = codec.sizeOf(value);
            payload = new Payload.Live(value, bytes);
            small = PlainValues.small(value);
        }
        if (small) {
            return new Put(payload, bytes, Places.DRIVER, -1);
        }
        if (link.cache() != null && link.encodes()) {
            int shard = placement instanceof Placement.OnShard on ? on.shard() : node % Placement.SHARDS;
            return new Put(payload, bytes, Places.CACHE, shard);
        }
        return new Put(payload, bytes, node, -1);
    }

    /** Stores what belongs in the cache; waits for it. */
    void store(long workflow, long value, Put put) {
        BlockCache cache = link.cache();
        if (put.holder() == Places.CACHE && cache != null && put.payload() instanceof Payload.Encoded encoded) {
            cache.put(workflow, value, put.shard(), encoded.data());
        }
    }

    /** Frees all that the workflow has in the cache. */
    void freeAll(long workflow) {
        BlockCache cache = link.cache();
        if (cache != null) {
            cache.dropAll(workflow);
        }
    }

    private int node(Placement placement, Function<DriverRef<?>, List<String>> where) {
        return switch (placement) {
            case Placement.OnNode on -> named(on.name());
            case Placement.Near near -> {
                List<String> holders = where.apply((DriverRef<?>) near.value());
                yield holders.isEmpty() ? next() : named(holders.getFirst());
            }
            case Placement.OnShard on -> {
                List<Integer> numbers = core.nodeNumbers();
                yield numbers.isEmpty() ? 0 : numbers.get(on.shard() % numbers.size());
            }
            case Placement.Anywhere anywhere -> next();
        };
    }

    private int named(String name) {
        int node = core.nodeNumber(name);
        if (node < 0) {
            throw new IllegalArgumentException("there is no node \"" + name + "\" to put a value on; there are "
                    + core.nodes().stream().map(each -> each.name()).toList());
        }
        return node;
    }

    private int next() {
        List<Integer> numbers = core.nodeNumbers();
        return numbers.isEmpty() ? 0 : numbers.get(Math.floorMod(turn.getAndIncrement(), numbers.size()));
    }
}
