package dev.kiln.engine.sim;

/** What happened in a simulation. */
public final class Counters {
    /** Runs of task methods, those that threw included. */
    public long runs;
    /** Runs that threw. */
    public long threw;
    /** Updates that changed the value itself. */
    public long inPlace;
    /** Tasks that a node could not run for want of an input. */
    public long inputsMissing;
    /** Bytes moved between nodes. */
    public long bytesMoved;
    /** Events told to the scheduler. */
    public long events;
    /** Slots' time in tasks. */
    public long busyNanos;
    /** Nodes lost. */
    public int nodesLost;
    /** Nodes that left in order. */
    public int nodesLeft;
    /** Gets answered with a value. */
    public long delivered;
    /** Values said to have failed. */
    public long failed;
    /** Tasks stopped on nodes. */
    public long cancelled;
    /** Tasks that nodes gave back before they had begun. */
    public long takenBack;

    /** Tasks that began on the node with the result of the one before, without another message. */
    public long followed;
}
