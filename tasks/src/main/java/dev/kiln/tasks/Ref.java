package dev.kiln.tasks;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a value that a task makes, or that was {@linkplain Workflow#put put}; the value itself stays on the node that
 * holds it until {@link #get} asks for it. Passing a ref to a task makes that task wait for the value.
 *
 * <p>Thread-safe. Only Kiln implements this interface.
 *
 * @param <T> the type of the value
 */
public non-sealed interface Ref<T extends @Nullable Object> extends Arg<T> {

    /**
     * Waits for the value and brings it here. The value is shared with the tasks that read it where they run in this
     * JVM: do not change it, or copy it first.
     *
     * @throws TaskFailedException when the task that makes it failed, or one that it depends on; the cause is the
     *     exception that the user's method threw
     * @throws IllegalStateException when the workflow is closed, the ref was deleted, or was updated since
     */
    T get();

    /** As {@link #get()}, for at most this long; afterwards throws {@link java.util.concurrent.TimeoutException}. */
    T get(Duration atMost) throws java.util.concurrent.TimeoutException;

    /** Waits until the value exists or has failed, and leaves it where it is. Failure is thrown as by {@link #get()}. */
    void await();

    /** Whether the value exists, or can no longer come to exist because its task failed. Never waits. */
    boolean isDone();

    /**
     * One component of a record value, without another task: {@code qr.part(Qr::q)}. The part stays with the record;
     * a task on another node is sent the part alone. A part is a ref of its own: it can still be used when its record
     * was updated or deleted, and an update of it works on a copy and leaves the record as it is.
     *
     * @param accessor a method reference to the accessor of one of the record's components
     * @throws IllegalArgumentException when it is something else
     * @throws IllegalStateException as by {@link #get()}, and when this is itself a part
     */
    <P extends @Nullable Object> Ref<P> part(Accessor<T, P> accessor);

    /** Names of the nodes that hold the value now; empty while it is being made. */
    List<String> where();

    /**
     * Lets go of the value: it is freed when the tasks submitted so far have read it and no part of it is in use. Using
     * the ref afterwards fails at once; deleting it again does nothing. A ref that the program loses lets go likewise,
     * at some time after it was garbage collected.
     */
    void delete();

    /** A method reference to the accessor of a record component. */
    @FunctionalInterface
    interface Accessor<T extends @Nullable Object, P extends @Nullable Object> extends Serializable {
        /** The component. */
        P of(T whole);
    }
}
