package dev.kiln.tasks.testing;

import dev.kiln.tasks.Arg;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowStats;
import dev.kiln.tasks.spi.TaskCall;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task in the caller, inside {@code submit}. Nothing runs at once and nothing travels, so it is the shortest
 * statement of what a workflow means: every cluster gives the same values and the same errors, in any order of runs.
 *
 * <p>Thread-safe: one lock, held while a task runs.
 */
public final class InlineBackend implements WorkflowBackend {

    static final NodeInfo HERE = new NodeInfo("inline", 1);

    private int numbers;
    private long submitted;
    private long failed;
    private long repeated;
    private boolean closed;
    private Outcome.@Nullable Failed firstFailure;

    /** A workflow that runs each task in its caller. */
    public static Workflow workflow() {
        return new Workflow(new InlineBackend());
    }

    @Override
    public synchronized Ref<?> submit(TaskCall call) {
        checkOpen();
        checkUsable(call.args());
        if (call.placement() instanceof Placement.Near near) {
            own(near.value()).checkUsable();
        }
        InlineRef<?> updated = call.update() ? own((Ref<?>) call.args().getFirst()) : null;
        submitted++;
        String label = call.name() + "#" + ++numbers;
        InlineRef<?> result = new InlineRef<>(this, label, outcome(call, label));
        if (updated != null) {
            updated.replacedBy(label, call.site());
        }
        Outcome.Failed failure = result.failure();
        if (failure != null) {
            failed++;
            firstFailure = firstFailure == null ? failure : firstFailure;
        }
        return result;
    }

    private Outcome outcome(TaskCall call, String label) {
        if (call.placement() instanceof Placement.OnNode(String name) && !name.equals(HERE.name())) {
            return new Outcome.Failed(List.of(label), "there is no node " + name + "; up are " + HERE.name(), null);
        }
        Outcome.Failed failedInput = failedInput(call.args());
        return failedInput != null ? failedInput.after(label) : run(call, label);
    }

    private Outcome run(TaskCall call, String label) {
        for (int attempt = 0; ; attempt++) {
            try {
                return new Outcome.Value(runOnce(call));
            } catch (InvocationTargetException e) {
                if (attempt == call.retries()) {
                    Throwable thrown = e.getCause();
                    return new Outcome.Failed(List.of(label), String.valueOf(thrown), thrown);
                }
                repeated++;
            } catch (IllegalAccessException | IllegalArgumentException e) {
                return new Outcome.Failed(List.of(label), "it cannot be called: " + e.getMessage(), e);
            }
        }
    }

    /** An update always works on a copy here, and a task that returns its very argument has that copied. */
    private static @Nullable Object runOnce(TaskCall call) throws InvocationTargetException, IllegalAccessException {
        Object[] args = new Object[call.args().size()];
        for (int i = 0; i < args.length; i++) {
            args[i] = valueOf(call.args().get(i));
        }
        if (call.update()) {
            args[0] = DeepCopy.of(args[0]);
            call.method().method().invoke(null, args);
            return args[0];
        }
        Object result = call.method().method().invoke(null, args);
        for (Object arg : args) {
            if (arg != null && arg == result) {
                return DeepCopy.of(result);
            }
        }
        return result;
    }

    private static @Nullable Object valueOf(Arg<?> arg) {
        return switch (arg) {
            case Arg.Value<?>(Object value) -> value;
            case Ref<?> ref -> ref.get();
            case Arg.All<?>(var elements) -> {
                List<@Nullable Object> values = new ArrayList<>(elements.size());
                elements.forEach(element -> values.add(valueOf(element)));
                yield Collections.unmodifiableList(values);
            }
        };
    }

    private void checkUsable(List<? extends Arg<?>> args) {
        for (Arg<?> arg : args) {
            switch (arg) {
                case Arg.Value<?> literal -> {}
                case Ref<?> ref -> own(ref).checkUsable();
                case Arg.All<?>(var elements) -> checkUsable(elements);
            }
        }
    }

    /** The first input, in the order of the arguments, that cannot be had. */
    private Outcome.@Nullable Failed failedInput(List<? extends Arg<?>> args) {
        for (Arg<?> arg : args) {
            Outcome.Failed failure = switch (arg) {
                case Arg.Value<?> literal -> null;
                case Ref<?> ref -> own(ref).failure();
                case Arg.All<?>(var elements) -> failedInput(elements);
            };
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private InlineRef<?> own(Ref<?> ref) {
        if (ref instanceof InlineRef<?> mine && mine.belongsTo(this)) {
            return mine;
        }
        throw new IllegalArgumentException(
                ref + " belongs to another workflow: get its value there and put it into this one");
    }

    @Override
    public synchronized <T extends @Nullable Object> Ref<T> put(T value, Placement placement) {
        checkOpen();
        if (placement instanceof Placement.OnNode(String name) && !name.equals(HERE.name())) {
            throw new IllegalArgumentException("there is no node " + name + "; up are " + HERE.name());
        }
        return new InlineRef<>(this, "put#" + ++numbers, new Outcome.Value(value));
    }

    @Override
    public synchronized <T extends @Nullable Object> List<Ref<T>> awaitAny(
            Collection<? extends Ref<T>> refs, int count) {
        checkOpen();
        if (count < 0 || count > refs.size()) {
            throw new IllegalArgumentException(
                    "awaitAny of " + refs.size() + " refs: expected a count up to that, found " + count);
        }
        refs.forEach(ref -> own(ref).checkUsable());
        return List.copyOf(refs);
    }

    @Override
    public synchronized void barrier() {
        checkOpen();
        if (firstFailure != null) {
            throw firstFailure.exception();
        }
    }

    @Override
    public List<NodeInfo> nodes() {
        return List.of(HERE);
    }

    @Override
    public synchronized WorkflowStats stats() {
        return new WorkflowStats(submitted, submitted - failed, failed, 0, repeated, 0);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the workflow is closed");
        }
    }
}
