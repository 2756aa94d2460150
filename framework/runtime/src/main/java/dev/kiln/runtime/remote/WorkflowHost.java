package dev.kiln.runtime.remote;

import dev.kiln.runtime.cluster.ClusterLink;

/** What a cluster offers to workflows whose drivers are outside of it. Thread-safe. */
public interface WorkflowHost {

    /** Of Kiln; a driver must be of the same. */
    String version();

    /** How many nodes the cluster began with; see {@link dev.kiln.engine.ShardMap}. */
    int founders();

    /** The way to the nodes. Its values are encoded, and it has a cache. */
    ClusterLink link();

    /**
     * Whether the cluster has the jar of this id, which it then keeps until {@link #leave}; may wait.
     */
    boolean use(String code);

    /**
     * Makes a jar known to all nodes, and keeps it until {@link #leave}; may wait.
     *
     * @return its id
     * @throws RuntimeException when there is no room; one line
     */
    String publish(byte[] jar);

    /** A workflow needs this jar no more; who else does still has it. */
    void leave(String code);

    /** Something that stays was made of this jar, so it is kept for good. */
    void keep(String code);
}
