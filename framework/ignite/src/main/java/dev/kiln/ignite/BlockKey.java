package dev.kiln.ignite;

/** The key of a stored value in the cache: 10 bits of shard, 20 of workflow, 34 of value in one {@code long}. */
final class BlockKey {

    private static final int WORKFLOW_BITS = 20;
    private static final int VALUE_BITS = 34;

    private BlockKey() {}

    static long of(long workflow, long value, int shard) {
        if (workflow >>> WORKFLOW_BITS != 0 || value >>> VALUE_BITS != 0) {
            throw new IllegalArgumentException(
                    "value " + value + " of workflow " + workflow + ": expected at most 34 and 20 bits");
        }
        return (long) shard << (WORKFLOW_BITS + VALUE_BITS) | workflow << VALUE_BITS | value;
    }

    static int shard(long key) {
        return (int) (key >>> (WORKFLOW_BITS + VALUE_BITS));
    }

    static long workflow(long key) {
        return key >>> VALUE_BITS & (1L << WORKFLOW_BITS) - 1;
    }
}
