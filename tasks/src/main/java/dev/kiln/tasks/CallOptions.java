package dev.kiln.tasks;

import dev.kiln.tasks.spi.TaskCall;
import dev.kiln.tasks.spi.TaskMethod;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a call between its two steps. One call, one thread.
 *
 * @param <S> the step itself, so that options can be chained
 */
public abstract sealed class CallOptions<S extends CallOptions<S>>
        permits TaskStep.T0,
                TaskStep.T1,
                TaskStep.T2,
                TaskStep.T3,
                TaskStep.T4,
                TaskStep.T5,
                TaskStep.T6,
                TaskStep.T7,
                TaskStep.T8,
                UpdateStep.U1,
                UpdateStep.U2,
                UpdateStep.U3,
                UpdateStep.U4,
                UpdateStep.U5,
                UpdateStep.U6,
                UpdateStep.U7,
                UpdateStep.U8 {

    private static final StackWalker STACK = StackWalker.getInstance();

    private final Workflow workflow;
    private final TaskMethod method;
    private String name;
    private int retries;
    private int priority;
    private Placement placement = Placement.anywhere();

    CallOptions(Workflow workflow, Serializable method) {
        this.workflow = workflow;
        this.method = TaskMethod.of(method);
        this.name = this.method.name();
        this.retries = this.method.retries();
        this.priority = this.method.priority();
    }

    /** Where to run; see {@link Placement}. */
    public final S on(Placement where) {
        placement = where;
        return self();
    }

    /** What to call this task in progress and errors, instead of the method's name. */
    public final S named(String taskName) {
        name = taskName;
        return self();
    }

    /** How many more times the task is tried when it throws. */
    public final S retries(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("retries(" + times + "): expected 0 or more");
        }
        retries = times;
        return self();
    }

    /** Of two tasks ready on one node, the one with the higher priority runs first. */
    public final S priority(int higherFirst) {
        priority = higherFirst;
        return self();
    }

    @SuppressWarnings("unchecked") // the backend makes a ref of the type that the method returns
    final <R extends @Nullable Object> Ref<R> submitTask(Arg<?>... args) {
        return (Ref<R>) submit(false, null, args);
    }

    @SuppressWarnings("unchecked") // the next version of a value has its type
    final <A extends @Nullable Object> Ref<A> submitUpdate(Arg<?>... args) {
        return (Ref<A>) submit(true, site(), args);
    }

    private Ref<?> submit(boolean update, @Nullable String site, Arg<?>... args) {
        return workflow.backend()
                .submit(new TaskCall(method, List.of(args), update, name, retries, priority, placement, site));
    }

    @SuppressWarnings("unchecked") // S is the subclass itself
    private S self() {
        return (S) this;
    }

    private static String site() {
        String api = CallOptions.class.getPackageName() + ".";
        return STACK.walk(frames -> frames.filter(f -> !f.getClassName().startsWith(api)
                        || !f.getClassName().substring(api.length()).matches("(CallOptions|UpdateStep.*)"))
                .findFirst()
                .map(f -> f.getFileName() + ":" + f.getLineNumber())
                .orElse("unknown place"));
    }
}
