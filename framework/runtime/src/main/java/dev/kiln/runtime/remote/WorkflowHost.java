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

    /** Whether the cluster has the jar of this id; may wait. */
    boolean knows(String code);

    /**
     * Makes a jar known to all nodes; may wait.
     *
     * @return its id
     * @throws RuntimeException when there is no room; one line
     */
    String publish(byte[] jar);
}
