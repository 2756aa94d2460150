package dev.kiln.runtime.node;

/**
 * What a node is.
 *
 * @param rank its number in the cluster
 * @param name its name, unique in the cluster
 * @param slots how many tasks it runs at once
 */
public record NodeOptions(int rank, String name, int slots) {

    /** Checks the slots. */
    public NodeOptions {
        if (slots < 1) {
            throw new IllegalArgumentException("slots is " + slots + ": expected 1 or more");
        }
    }
}
