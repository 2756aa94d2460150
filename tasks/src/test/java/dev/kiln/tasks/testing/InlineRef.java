package dev.kiln.tasks.testing;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.spi.RecordParts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that an {@link InlineBackend} has made, or a part of one. Each ref is let go by itself: a part can still be
 * used when its record was updated or deleted.
 */
final class InlineRef<T extends @Nullable Object> implements Ref<T> {

    private static final int WHOLE = -1;

    private final InlineBackend backend;
    private final String label;
    private final Outcome outcome;
    private final int part;
    /** Why the ref can be used no more; guarded by the backend. */
    private @Nullable String gone;

    InlineRef(InlineBackend backend, String label, Outcome outcome) {
        this(backend, label, outcome, WHOLE);
    }

    private InlineRef(InlineBackend backend, String label, Outcome outcome, int part) {
        this.backend = backend;
        this.label = label;
        this.outcome = outcome;
        this.part = part;
    }

    boolean belongsTo(InlineBackend candidate) {
        return backend == candidate;
    }

    void checkUsable() {
        synchronized (backend) {
            backend.checkOpen();
            if (gone != null) {
                throw new IllegalStateException(gone);
            }
        }
    }

    /** Called under the backend's lock. */
    void replacedBy(String update, @Nullable String site) {
        gone = "this value was updated by " + update + " (" + site + "); use the ref that call returned";
    }

    Outcome.@Nullable Failed failure() {
        return outcome instanceof Outcome.Failed failed ? failed : null;
    }

    @Override
    @SuppressWarnings("unchecked") // the task's method returned it, or put was given it, as a T
    public T get() {
        checkUsable();
        return switch (outcome) {
            case Outcome.Failed failed -> throw failed.exception();
            case Outcome.Value(Object value) -> (T) (part == WHOLE ? value : component(value));
        };
    }

    private @Nullable Object component(@Nullable Object value) {
        if (value == null) {
            throw new NullPointerException("a part of " + label + " was asked for, whose value is null");
        }
        RecordComponent component = value.getClass().getRecordComponents()[part];
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the part " + component.getName() + " cannot be read", e);
        }
    }

    @Override
    public T get(Duration atMost) {
        return get();
    }

    @Override
    public void await() {
        get();
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public <P extends @Nullable Object> Ref<P> part(Accessor<T, P> accessor) {
        checkUsable();
        if (part != WHOLE) {
            throw new IllegalStateException(
                    this + " is itself a part: a part is taken of a whole record; take it apart in a task");
        }
        return new InlineRef<>(backend, label, outcome, RecordParts.indexOf(accessor));
    }

    @Override
    public List<String> where() {
        checkUsable();
        return failure() == null ? List.of(InlineBackend.HERE.name()) : List.of();
    }

    @Override
    public void delete() {
        synchronized (backend) {
            backend.checkOpen();
            if (gone == null) {
                gone = "this value was deleted: " + this;
            }
        }
    }

    /** The ref as errors name it, {@code multiply#3}. */
    @Override
    public String toString() {
        return part == WHOLE ? label : label + ".part(" + part + ")";
    }
}
