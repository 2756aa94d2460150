package dev.kiln.tasks;

import dev.kiln.tasks.spi.TaskCall;
import dev.kiln.tasks.spi.TaskMethod;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a call between its two steps. A step is made, told and submitted by one thread; each
 * {@code submit} is a call of its own, so that one step may submit many. Programs cannot extend this class.
 *
 * @param <S> the step itself, so that options can be chained
 */
public abstract class CallOptions<S extends CallOptions<S>> {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Workflow workflow;
    private final TaskMethod method;
    private String name;
    private int retries;
    private int priority;
    private Placement placement = Placement.anywhere();

    CallOptions(Workflow workflow, Serializable method, boolean update) {
        this.workflow = workflow;
        this.method = TaskMethod.of(method);
        this.method.checkCalledAs(update);
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
        if (taskName.isBlank()) {
            throw new IllegalArgumentException("named(\"\"): expected a name to show in progress and errors");
        }
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
        for (int i = 0; i < args.length; i++) {
            if (args[i] == null) {
                throw new NullPointerException("argument " + (i + 1) + " of " + name
                        + " is null: expected a ref, or value(null) for a null literal");
            }
        }
        return workflow.backend()
                .submit(new TaskCall(
                        method, ObjectRef.asLiterals(args), update, name, retries, priority, placement, site));
    }

    @SuppressWarnings("unchecked") // S is the subclass itself
    private S self() {
        return (S) this;
    }

    /** The line that called {@code submit}: the first frame outside this class and the steps. */
    private static String site() {
        return STACK.walk(frames -> frames.filter(f -> f.getDeclaringClass() != CallOptions.class
                                && f.getDeclaringClass().getNestHost() != UpdateStep.class)
                        .findFirst())
                .map(f -> f.getFileName() == null ? f.getClassName() : f.getFileName() + ":" + f.getLineNumber())
                .orElse("unknown place");
    }
}
