package dev.kiln.tasks.spi;

import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.WorkflowStats;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster does for one open workflow. All methods are thread-safe. Submitting never waits for the task, but may
 * wait while very many are unfinished.
 */
public interface WorkflowBackend extends AutoCloseable {

    /**
     * Adds a task; for an update, the returned ref is the next version of the first argument, which is a ref.
     *
     * @throws IllegalStateException when the workflow is closed, or an argument was deleted or updated since
     * @throws IllegalArgumentException when an argument belongs to another workflow or cannot travel
     */
    Ref<?> submit(TaskCall call);

    /** Stores a value in the cluster, on the node that the placement names. */
    <T extends @Nullable Object> Ref<T> put(T value, Placement placement);

    /**
     * Waits until at least {@code count} of the refs are done, and returns those that are, in the order given.
     *
     * @throws IllegalArgumentException when there are fewer refs than that
     */
    <T extends @Nullable Object> List<Ref<T>> awaitAny(Collection<? extends Ref<T>> refs, int count);

    /** Waits until every task submitted so far is done; throws as {@link Ref#get} when one of them failed. */
    void barrier();

    /**
     * Writes a checkpoint now and waits for it; does nothing where there are none.
     *
     * @throws IllegalStateException when it cannot be written
     */
    default void checkpoint() {}

    /** The nodes that are up. */
    List<NodeInfo> nodes();

    /** What was done so far. */
    WorkflowStats stats();

    /**
     * The active objects of the cluster.
     *
     * @throws IllegalStateException when the workflow is closed, or this cluster keeps none
     */
    default ObjectSpace objects() {
        throw new IllegalStateException("this cluster keeps no active objects");
    }

    /** Cancels what has not run, frees every value, and makes every ref unusable. Idempotent. */
    @Override
    void close();
}
