package dev.kiln.engine;

/**
 * Which node owns a shard. A function of the nodes that are up alone, so that the scheduler and every node's cache
 * agree without talking: shard {@code s} is at home on node {@code s % founders}; when that node is lost, its shards
 * go to the others, each to the one that already held its backup. Nodes that join later own none.
 */
public final class ShardMap {

    private ShardMap() {}

    /**
     * The owner of a shard followed by those who take over, in order.
     *
     * @param shard 0 or more
     * @param founders how many nodes the cluster began with, numbered from 0
     * @param alive tells whether a founder is up
     * @param count how many to name at most
     * @return node numbers, all alive and different; fewer than {@code count} when fewer are up
     */
    public static int[] owners(int shard, int founders, java.util.function.IntPredicate alive, int count) {
        int[] found = new int[Math.min(count, founders)];
        int n = 0;
        int home = shard % founders;
        int turn = founders == 1 ? 0 : shard / founders % (founders - 1);
        for (int k = 0; k < founders && n < found.length; k++) {
            // The home first; then the others, beginning at a different one for each shard of this home, so that the
            // shards of a lost node are spread over all that remain.
            int node = k == 0 ? home : (home + 1 + (turn + k - 1) % (founders - 1)) % founders;
            if (alive.test(node)) {
                found[n++] = node;
            }
        }
        return java.util.Arrays.copyOf(found, n);
    }
}
