package dev.kiln.tasks;

import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks: methods marked {@link Task}, called in two steps. The first names the method, the second gives its
 * arguments; what comes back is a {@link Ref} that further tasks take.
 *
 * {@snippet :
 * try (var wf = Workflow.open()) {
 *     Ref<Block> t = wf.task(Kernels::transpose).submit(a);
 *     c = wf.update(Kernels::multiplyAdd).submit(c, t, b);
 *     double total = wf.task(Kernels::sum).submit(c).get();
 * }
 * }
 *
 * <p>Tasks run at once where the data they share allows it. Thread-safe; closing cancels what has not run.
 */
@SuppressWarnings("overloads") // ambiguous for lambdas alone, which are refused in any case
public final class Workflow implements AutoCloseable {

    private final WorkflowBackend backend;

    /** For clusters; programs call {@link #open()}. */
    public Workflow(WorkflowBackend backend) {
        this.backend = backend;
    }

    /**
     * Opens a workflow where the program was launched: on the cluster of {@code kiln run}, or else in this JVM with a
     * slot for each processor.
     *
     * @throws IllegalStateException when the class path holds no runtime
     */
    public static Workflow open() {
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return open(caller.getClassLoader(), WorkflowOptions.usual());
    }

    /**
     * The same in another way than the usual.
     *
     * @throws IllegalStateException when the class path holds no runtime, or the checkpoint folder cannot be used
     */
    public static Workflow open(WorkflowOptions options) {
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        return open(caller.getClassLoader(), options);
    }

    private static Workflow open(ClassLoader code, WorkflowOptions options) {
        WorkflowProvider provider =
                code instanceof WorkflowProvider.Source launched ? launched.workflows() : onClassPath(code);
        return new Workflow(provider.open(code, options));
    }

    private static WorkflowProvider onClassPath(ClassLoader code) {
        Iterator<WorkflowProvider> found =
                ServiceLoader.load(WorkflowProvider.class, code).iterator();
        if (!found.hasNext()) {
            throw new IllegalStateException("no Kiln runtime on the class path: add kiln-runtime to run in this JVM,"
                    + " or start the program with `kiln run`");
        }
        return found.next();
    }

    /** Calls a task of 0 parameters. */
    public <R extends @Nullable Object> TaskStep.T0<R> task(Fn.F0<R> method) {
        return new TaskStep.T0<>(this, method);
    }

    /** Calls a task of 1 parameter. */
    public <A extends @Nullable Object, R extends @Nullable Object> TaskStep.T1<A, R> task(Fn.F1<A, R> method) {
        return new TaskStep.T1<>(this, method);
    }

    /** Calls a task of 2 parameters. */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            TaskStep.T2<A, B, R> task(Fn.F2<A, B, R> method) {
        return new TaskStep.T2<>(this, method);
    }

    /** Calls a task of 3 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            TaskStep.T3<A, B, C, R> task(Fn.F3<A, B, C, R> method) {
        return new TaskStep.T3<>(this, method);
    }

    /** Calls a task of 4 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            TaskStep.T4<A, B, C, D, R> task(Fn.F4<A, B, C, D, R> method) {
        return new TaskStep.T4<>(this, method);
    }

    /** Calls a task of 5 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            TaskStep.T5<A, B, C, D, E, R> task(Fn.F5<A, B, C, D, E, R> method) {
        return new TaskStep.T5<>(this, method);
    }

    /** Calls a task of 6 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    R extends @Nullable Object>
            TaskStep.T6<A, B, C, D, E, F, R> task(Fn.F6<A, B, C, D, E, F, R> method) {
        return new TaskStep.T6<>(this, method);
    }

    /** Calls a task of 7 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    R extends @Nullable Object>
            TaskStep.T7<A, B, C, D, E, F, G, R> task(Fn.F7<A, B, C, D, E, F, G, R> method) {
        return new TaskStep.T7<>(this, method);
    }

    /** Calls a task of 8 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object,
                    R extends @Nullable Object>
            TaskStep.T8<A, B, C, D, E, F, G, H, R> task(Fn.F8<A, B, C, D, E, F, G, H, R> method) {
        return new TaskStep.T8<>(this, method);
    }

    // A method that changes its first parameter, given to task by mistake: the compiler then says in a few lines what
    // to
    // do. Without these it would list why each of the nine methods above does not fit, over some hundred lines.

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <A extends @Nullable Object> TaskStep.CallItThroughUpdate task(Act.A1<A> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <A extends @Nullable Object, B extends @Nullable Object> TaskStep.CallItThroughUpdate task(
            Act.A2<A, B> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            TaskStep.CallItThroughUpdate task(Act.A3<A, B, C> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            TaskStep.CallItThroughUpdate task(Act.A4<A, B, C, D> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            TaskStep.CallItThroughUpdate task(Act.A5<A, B, C, D, E> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            TaskStep.CallItThroughUpdate task(Act.A6<A, B, C, D, E, F> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>
            TaskStep.CallItThroughUpdate task(Act.A7<A, B, C, D, E, F, G> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Refuses a method that changes its first parameter: it is called through {@link #update}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>
            TaskStep.CallItThroughUpdate task(Act.A8<A, B, C, D, E, F, G, H> method) {
        return new TaskStep.CallItThroughUpdate(method);
    }

    /** Updates the first of 1 parameter. */
    public <A extends @Nullable Object> UpdateStep.U1<A> update(Act.A1<A> method) {
        return new UpdateStep.U1<>(this, method);
    }

    /** Updates the first of 2 parameters. */
    public <A extends @Nullable Object, B extends @Nullable Object> UpdateStep.U2<A, B> update(Act.A2<A, B> method) {
        return new UpdateStep.U2<>(this, method);
    }

    /** Updates the first of 3 parameters. */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            UpdateStep.U3<A, B, C> update(Act.A3<A, B, C> method) {
        return new UpdateStep.U3<>(this, method);
    }

    /** Updates the first of 4 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            UpdateStep.U4<A, B, C, D> update(Act.A4<A, B, C, D> method) {
        return new UpdateStep.U4<>(this, method);
    }

    /** Updates the first of 5 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            UpdateStep.U5<A, B, C, D, E> update(Act.A5<A, B, C, D, E> method) {
        return new UpdateStep.U5<>(this, method);
    }

    /** Updates the first of 6 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            UpdateStep.U6<A, B, C, D, E, F> update(Act.A6<A, B, C, D, E, F> method) {
        return new UpdateStep.U6<>(this, method);
    }

    /** Updates the first of 7 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object>
            UpdateStep.U7<A, B, C, D, E, F, G> update(Act.A7<A, B, C, D, E, F, G> method) {
        return new UpdateStep.U7<>(this, method);
    }

    /** Updates the first of 8 parameters. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object,
                    G extends @Nullable Object,
                    H extends @Nullable Object>
            UpdateStep.U8<A, B, C, D, E, F, G, H> update(Act.A8<A, B, C, D, E, F, G, H> method) {
        return new UpdateStep.U8<>(this, method);
    }

    /**
     * Creates an active object, or finds one: {@code wf.object(Forecaster.class).as("pump-7").create(config)}.
     *
     * @param type its interface; nodes have an implementation of it
     */
    public <T> ObjectBuilder<T> object(Class<T> type) {
        return new ObjectBuilder<>(backend.objects(), type);
    }

    /** The active objects that there are, in the order of their names. */
    public List<ObjectInfo> objects() {
        return backend.objects().list();
    }

    /**
     * Stores a value in the cluster, so that many tasks can read it without its being sent along with each. Do not
     * change it afterwards; an update of it works on a copy.
     */
    public <T extends @Nullable Object> Ref<T> put(T value) {
        return put(value, Placement.anywhere());
    }

    /** Stores a value on the node that the placement names. */
    public <T extends @Nullable Object> Ref<T> put(T value, Placement placement) {
        return backend.put(value, placement);
    }

    /**
     * Waits until at least {@code count} of the refs are done or failed; returns those that are, in the order given.
     *
     * @throws IllegalArgumentException when there are fewer refs than that
     */
    public <T extends @Nullable Object> List<Ref<T>> awaitAny(Collection<? extends Ref<T>> refs, int count) {
        return backend.awaitAny(refs, count);
    }

    /**
     * Waits until every task submitted so far is done.
     *
     * @throws TaskFailedException when one of them failed; where several did, for the one that was submitted first
     */
    public void barrier() {
        backend.barrier();
    }

    /**
     * Writes a checkpoint now, and waits for it, where the workflow was {@linkplain WorkflowOptions#checkpoint opened with
     * one}; else does nothing.
     *
     * @throws IllegalStateException when it cannot be written; the one before it stands
     */
    public void checkpoint() {
        backend.checkpoint();
    }

    /** The nodes that are up. */
    public List<NodeInfo> nodes() {
        return backend.nodes();
    }

    /** What was done so far. */
    public WorkflowStats stats() {
        return backend.stats();
    }

    /** Cancels what has not run, frees every value, and makes every ref unusable. */
    @Override
    public void close() {
        backend.close();
    }

    WorkflowBackend backend() {
        return backend;
    }
}
