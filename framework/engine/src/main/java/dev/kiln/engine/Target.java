package dev.kiln.engine;

/** Where a task has to run, with refs and names resolved to numbers as far as they are known at submission. */
public sealed interface Target {

    /** Wherever it costs least. */
    enum Anywhere implements Target {
        /** The only one. */
        INSTANCE
    }

    /**
     * On a node that holds the value when the task becomes ready.
     *
     * @param value the value
     */
    record Near(long value) implements Target {}

    /**
     * On the node of this name alone.
     *
     * @param name the node's name
     */
    record Node(String name) implements Target {}

    /**
     * On the owner of the shard, the result stored in the cluster's cache under it.
     *
     * @param shard the shard
     */
    record Shard(int shard) implements Target {}
}
