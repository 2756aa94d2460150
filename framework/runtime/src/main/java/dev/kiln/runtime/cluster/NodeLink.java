package dev.kiln.runtime.cluster;

import dev.kiln.runtime.wire.ToDriver;
import org.jspecify.annotations.Nullable;

/** A node's way to drivers and to other nodes. Thread-safe. */
public interface NodeLink extends ValueLink {

    /** Answers the driver of a workflow; only hands over, and many answers are carried at once. */
    void answer(long workflow, ToDriver answer);

    /** As {@link ClusterLink#encodes}. */
    boolean encodes();

    /** As {@link ClusterLink#cache}. */
    @Nullable BlockCache cache();

    /**
     * The class loader for a workflow's code, fetched from the cluster where it is not here yet; may wait.
     *
     * @param code as in {@link dev.kiln.runtime.wire.ToNode.OpenWorkflow}
     * @throws IllegalStateException when there is no such code
     */
    ClassLoader load(String code);

    /** The workflow that {@link #load} gave this loader for has ended here, and none of its tasks runs any more. */
    default void unload(ClassLoader loader) {}
}
