package dev.kiln.runtime.cluster;

import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A driver's way to the nodes. Thread-safe. Methods that send only hand over: they never wait for the network.
 */
public interface ClusterLink extends ValueLink {

    /**
     * Begins a workflow: from now on its endpoint hears of nodes, first of every node that is up, and of answers.
     *
     * @return the workflow's number, never used twice in a cluster; at most 20 bits
     */
    long attach(Endpoint endpoint);

    /** Ends a workflow: its endpoint hears no more. */
    void detach(long workflow);

    /**
     * Sends messages to a node, in order and after those sent to it before. Messages to a node that is lost are dropped:
     * {@link Endpoint#nodeLost} tells of it.
     *
     * @param messages the caller's again when this returns
     */
    void send(int node, long workflow, List<ToNode> messages);

    /** Whether values must be encoded to be sent; false where all nodes share this JVM's memory. */
    boolean encodes();

    /** The cache; null where values are never lost because there is one JVM. */
    @Nullable BlockCache cache();

    /** A workflow needs a node no more that is to leave; answers {@link Endpoint#nodeLeaving}. */
    default void release(int node, long workflow) {}

    /** The cluster's active objects; null where it keeps none. */
    default @Nullable ObjectAccess objects() {
        return null;
    }

    /** A driver, as nodes' answers reach it. Implementations only hand over, so any thread may call. */
    interface Endpoint {

        /** A node is up. Called before any answer of that node. */
        void nodeJoined(int node, String name, int slots);

        /**
         * A node is to leave in order. To be answered by {@link ClusterLink#release}, when nothing of the workflow is
         * there any more that is needed.
         */
        default void nodeLeaving(int node) {}

        /** How far the workflow is; completed soon, or never when it is closed meanwhile. */
        default CompletableFuture<WorkflowReport> report() {
            return new CompletableFuture<>();
        }

        /** The way to all nodes is gone for good. Nothing else is heard after that. */
        default void clusterLost(String why) {}

        /** A node is lost. No answer of that node follows. */
        void nodeLost(int node);

        /** Answers, in the order in which the node gave them. */
        void answers(int node, List<ToDriver> batch);
    }
}
