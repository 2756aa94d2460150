package dev.kiln.tasks;

import dev.kiln.tasks.spi.ObjectSpace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An object that lives in the cluster and whose methods run where it lives; the program has its interface alone.
 *
 * {@snippet :
 * ActiveObject<Forecaster> pump = wf.object(Forecaster.class).as("pump-7").create(config);
 * pump.update(Forecaster::train).submit(series);
 * Ref<Forecast> next = pump.task(Forecaster::predict).submit(value(window));
 * Forecaster plain = pump.stub();
 * }
 *
 * <p>Updates run one at a time, those submitted through one handle in the order of submitting. Reads run beside each
 * other on any node that has a copy, and see every update that had been answered when they were submitted, and those
 * submitted before through the same handle. A call that runs out of time fails and is never repeated by itself.
 *
 * <p>Thread-safe. A handle stays usable when the object moves; it fails once the object was deleted, also when another
 * object has got its name.
 *
 * @param <T> the interface of the object
 */
@SuppressWarnings("overloads") // ambiguous for lambdas alone, which are refused in any case
public final class ActiveObject<T> {

    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

    private final ObjectSpace space;
    private final Class<T> type;
    private final ObjectInfo found;
    private final Duration timeout;
    private final CallOrder order;

    ActiveObject(ObjectSpace space, Class<T> type, ObjectInfo found) {
        this(space, type, found, USUAL_TIMEOUT, new CallOrder());
    }

    private ActiveObject(ObjectSpace space, Class<T> type, ObjectInfo found, Duration timeout, CallOrder order) {
        this.space = space;
        this.type = type;
        this.found = found;
        this.timeout = timeout;
        this.order = order;
    }

    /** The name by which it is found. */
    public String alias() {
        return found.alias();
    }

    /** The same object, through a handle whose calls wait at most so long; five minutes without this. */
    public ActiveObject<T> timeout(Duration atMost) {
        if (atMost.isZero() || atMost.isNegative()) {
            throw new IllegalArgumentException("timeout(" + atMost + "): expected a time longer than nothing");
        }
        return new ActiveObject<>(space, type, found, atMost, order);
    }

    /**
     * The object as its interface: each call runs over there, and returns or throws here what it does there. Existing
     * code needs no change to use it.
     *
     * <p>Beside what the methods declare, calls throw {@link ActiveObjectException}.
     */
    public T stub() {
        return ObjectStub.of(type, space, found, timeout, order);
    }

    /** Reads: calls a method of 0 parameters that is marked {@link ReadOnly}. */
    public <R extends @Nullable Object> ObjectStep.C0<R> task(Fn.F1<T, R> method) {
        return new ObjectStep.C0<>(this, method, false);
    }

    /** Reads: calls a method of 1 parameters that is marked {@link ReadOnly}. */
    public <A extends @Nullable Object, R extends @Nullable Object> ObjectStep.C1<A, R> task(Fn.F2<T, A, R> method) {
        return new ObjectStep.C1<>(this, method, false);
    }

    /** Reads: calls a method of 2 parameters that is marked {@link ReadOnly}. */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            ObjectStep.C2<A, B, R> task(Fn.F3<T, A, B, R> method) {
        return new ObjectStep.C2<>(this, method, false);
    }

    /** Reads: calls a method of 3 parameters that is marked {@link ReadOnly}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            ObjectStep.C3<A, B, C, R> task(Fn.F4<T, A, B, C, R> method) {
        return new ObjectStep.C3<>(this, method, false);
    }

    /** Reads: calls a method of 4 parameters that is marked {@link ReadOnly}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            ObjectStep.C4<A, B, C, D, R> task(Fn.F5<T, A, B, C, D, R> method) {
        return new ObjectStep.C4<>(this, method, false);
    }

    /** Reads: calls a method of 5 parameters that is marked {@link ReadOnly}. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            ObjectStep.C5<A, B, C, D, E, R> task(Fn.F6<T, A, B, C, D, E, R> method) {
        return new ObjectStep.C5<>(this, method, false);
    }

    /** Updates: calls a method of 0 parameters with a result. */
    public <R extends @Nullable Object> ObjectStep.C0<R> update(Fn.F1<T, R> method) {
        return new ObjectStep.C0<>(this, method, true);
    }

    /** Updates: calls a method of 1 parameters with a result. */
    public <A extends @Nullable Object, R extends @Nullable Object> ObjectStep.C1<A, R> update(Fn.F2<T, A, R> method) {
        return new ObjectStep.C1<>(this, method, true);
    }

    /** Updates: calls a method of 2 parameters with a result. */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            ObjectStep.C2<A, B, R> update(Fn.F3<T, A, B, R> method) {
        return new ObjectStep.C2<>(this, method, true);
    }

    /** Updates: calls a method of 3 parameters with a result. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            ObjectStep.C3<A, B, C, R> update(Fn.F4<T, A, B, C, R> method) {
        return new ObjectStep.C3<>(this, method, true);
    }

    /** Updates: calls a method of 4 parameters with a result. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            ObjectStep.C4<A, B, C, D, R> update(Fn.F5<T, A, B, C, D, R> method) {
        return new ObjectStep.C4<>(this, method, true);
    }

    /** Updates: calls a method of 5 parameters with a result. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            ObjectStep.C5<A, B, C, D, E, R> update(Fn.F6<T, A, B, C, D, E, R> method) {
        return new ObjectStep.C5<>(this, method, true);
    }

    /** Updates: calls a method of 0 parameters without a result. */
    public ObjectStep.C0<@Nullable Void> update(Act.A1<T> method) {
        return new ObjectStep.C0<>(this, method, true);
    }

    /** Updates: calls a method of 1 parameters without a result. */
    public <A extends @Nullable Object> ObjectStep.C1<A, @Nullable Void> update(Act.A2<T, A> method) {
        return new ObjectStep.C1<>(this, method, true);
    }

    /** Updates: calls a method of 2 parameters without a result. */
    public <A extends @Nullable Object, B extends @Nullable Object> ObjectStep.C2<A, B, @Nullable Void> update(
            Act.A3<T, A, B> method) {
        return new ObjectStep.C2<>(this, method, true);
    }

    /** Updates: calls a method of 3 parameters without a result. */
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            ObjectStep.C3<A, B, C, @Nullable Void> update(Act.A4<T, A, B, C> method) {
        return new ObjectStep.C3<>(this, method, true);
    }

    /** Updates: calls a method of 4 parameters without a result. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            ObjectStep.C4<A, B, C, D, @Nullable Void> update(Act.A5<T, A, B, C, D> method) {
        return new ObjectStep.C4<>(this, method, true);
    }

    /** Updates: calls a method of 5 parameters without a result. */
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            ObjectStep.C5<A, B, C, D, E, @Nullable Void> update(Act.A6<T, A, B, C, D, E> method) {
        return new ObjectStep.C5<>(this, method, true);
    }

    /** How many updates it has finished. */
    public long version() {
        return space.version(found.id());
    }

    /** Keeps its state as it is now; returns the version by which {@link #restore} finds it. */
    public long snapshot() {
        return space.snapshot(found.id());
    }

    /** Brings back the state of a snapshot, as one more update. */
    public void restore(long version) {
        space.restore(found.id(), version);
    }

    /** Has its updates run on another node from now on; calls meanwhile wait. */
    public void move(String node) {
        space.move(found.id(), node);
    }

    /** Has so many other nodes hold a copy, which is in step with every update that was answered. */
    public void replicate(int copies) {
        if (copies < 0) {
            throw new IllegalArgumentException("replicate(" + copies + "): expected 0 or more");
        }
        space.replicate(found.id(), copies);
    }

    /** Deletes the object; its name is free again. Calls that wait fail. */
    public void delete() {
        space.delete(found.id());
    }

    /** What the cluster knows of it now. */
    public ObjectInfo info() {
        return space.list().stream()
                .filter(each -> each.id() == found.id())
                .findFirst()
                .orElseThrow(() -> new ActiveObjectException(
                        ActiveObjectException.Reason.DELETED, "object " + found.alias() + " was deleted"));
    }

    ObjectSpace space() {
        return space;
    }

    Class<T> type() {
        return type;
    }

    long id() {
        return found.id();
    }

    Duration timeout() {
        return timeout;
    }

    CallOrder order() {
        return order;
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " " + found.alias();
    }
}
