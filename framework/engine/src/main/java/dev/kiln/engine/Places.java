package dev.kiln.engine;

/** Where a value can be besides on a node; nodes are numbered from 0. */
public final class Places {

    /** Nowhere else to look: the value is resident on the node that runs the task. */
    public static final int HERE = -1;

    /** In the cluster's cache, under the value's shard. */
    public static final int CACHE = -2;

    /** With the driver, as a small value that travels inside messages. */
    public static final int DRIVER = -3;

    /** In a file of a checkpoint, which any node can read. */
    public static final int CHECKPOINT = -4;

    /** Nowhere: it would have to be made again. */
    public static final int NOWHERE = -5;

    /** On its way: the node that is told so has the task that makes it, and had it sent before. */
    public static final int COMING = -6;

    private Places() {}
}
