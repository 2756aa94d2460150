package dev.kiln.tasks.testing;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.spi.RecordParts;
import dev.kiln.tasks.spi.Refusals;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that an {@link InlineBackend} has made; guarded by that backend. */
final class InlineRef<T extends @Nullable Object> implements Ref<T> {

    private static final int WHOLE = -1;

    private final InlineBackend backend;
    private final String label;
    private final List<String> where;
    private final int part;
    private final InlineRef<?> whole;
    private @Nullable Outcome outcome;
    private @Nullable String updatedBy;
    private @Nullable String updatedAt;

    InlineRef(InlineBackend backend, String label, List<String> where, Outcome outcome) {
        this.backend = backend;
        this.label = label;
        this.where = where;
        this.part = WHOLE;
        this.whole = this;
        this.outcome = outcome;
    }

    private InlineRef(InlineRef<?> whole, int part) {
        this.backend = whole.backend;
        this.label = whole.label;
        this.where = whole.where;
        this.part = part;
        this.whole = whole;
        this.outcome = null;
    }

    /** Throws when the value was deleted or replaced. A part taken before an update still shows the old version. */
    void checkUsable() {
        synchronized (backend) {
            backend.checkOpen();
            if (whole.outcome == null) {
                throw Refusals.deleted(label);
            }
            if (updatedBy != null) {
                throw Refusals.updated(label, updatedBy, updatedAt);
            }
        }
    }

    private Outcome usable() {
        synchronized (backend) {
            checkUsable();
            return whole.outcome;
        }
    }

    void replacedBy(String update, @Nullable String site) {
        updatedBy = update;
        updatedAt = site;
    }

    Outcome.@Nullable Failed failure() {
        return usable() instanceof Outcome.Failed failed ? failed : null;
    }

    boolean hasFailed() {
        return failure() != null;
    }

    void throwFailure() {
        if (whole.outcome instanceof Outcome.Failed failed) {
            throw failed.exception();
        }
    }

    boolean isPart() {
        return part != WHOLE;
    }

    boolean belongsTo(InlineBackend candidate) {
        return backend == candidate;
    }

    @Override
    @SuppressWarnings("unchecked") // the task's method returned it, or put was given it, as a T
    public T get() {
        return switch (usable()) {
            case Outcome.Failed failed -> throw failed.exception();
            case Outcome.Value(Object value) -> (T) (isPart() ? component(value) : value);
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
        if (usable() instanceof Outcome.Failed failed) {
            throw failed.exception();
        }
    }

    @Override
    public boolean isDone() {
        checkUsable();
        return true;
    }

    @Override
    public <P> Ref<P> part(Accessor<T, P> accessor) {
        checkUsable();
        if (isPart()) {
            throw Refusals.partOfPart(label);
        }
        return new InlineRef<>(this, RecordParts.indexOf(accessor));
    }

    @Override
    public List<String> where() {
        return hasFailed() ? List.of() : where;
    }

    @Override
    public void delete() {
        synchronized (backend) {
            checkUsable();
            if (isPart()) {
                throw Refusals.partDeleted(label);
            }
            outcome = null;
        }
    }

    /** The ref as errors name it, {@code multiply#3}. */
    @Override
    public String toString() {
        return label;
    }
}
