package dev.kiln.tasks;

import java.util.List;

/**
 * What the cluster knows of an active object; a snapshot.
 *
 * @param id never used twice in a cluster
 * @param alias the name that it was given, or the one that was made up
 * @param type the class name of its interface
 * @param implementation the class name of what implements it
 * @param code the id of the jar that the implementation is in, empty for the nodes' class path
 * @param node the node where its updates run, or why there is none
 * @param replicas the nodes that hold a copy in step with it
 * @param bytes the size of its state when it was last sent or stored; 0 when it never was
 * @param calls how many calls it has answered
 * @param meanMicros how long they took from request to answer, on average
 */
public record ObjectInfo(
        long id,
        String alias,
        String type,
        String implementation,
        String code,
        String node,
        List<String> replicas,
        long bytes,
        long calls,
        double meanMicros) {}
