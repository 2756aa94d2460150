package dev.kiln.runtime.driver;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.spi.RecordParts;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A ref of a driver: a value, or one component of a record value. */
final class DriverRef<T extends @Nullable Object> implements Ref<T> {

    /** In place of a component's index: the whole value. */
    static final int WHOLE = -1;

    final Driver driver;
    final ValueState value;
    final int part;

    /** Of a part: keeps the whole reachable, since a value is freed once its whole is not. */
    @SuppressWarnings("unused")
    private final @Nullable DriverRef<?> whole;

    /** Why the ref cannot be used any more, or null. Written under the driver's order lock. */
    volatile @Nullable Gone gone;

    /** A ref of a new value, of which {@code dropped} hears when the program has lost it. */
    @SuppressWarnings("this-escape") // to a reference that does not touch it
    DriverRef(
            Driver driver,
            ReferenceQueue<DriverRef<?>> dropped,
            long id,
            String name,
            int shard,
            @Nullable TaskParts task) {
        this.driver = driver;
        this.value = new ValueState(this, dropped, id, name, shard, task);
        this.part = WHOLE;
        this.whole = null;
    }

    /** A ref of a component of a value. */
    DriverRef(DriverRef<?> whole, int part) {
        this.driver = whole.driver;
        this.value = whole.value;
        this.part = part;
        this.whole = whole;
    }

    /** Throws when the program may not use this ref any more. */
    void checkUsable() {
        Gone known = gone;
        if (known != null) {
            throw new IllegalStateException(known.why(this));
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what a task of this type returned; null only if T allows it
    public T get() {
        return (T) driver.get(this);
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // as above
    public T get(Duration atMost) throws TimeoutException {
        return (T) driver.get(this, atMost);
    }

    @Override
    public void await() {
        driver.await(this);
    }

    @Override
    public boolean isDone() {
        return value.outcome() != null;
    }

    @Override
    public <P> Ref<P> part(Accessor<T, P> accessor) {
        if (part != WHOLE) {
            throw new IllegalStateException(
                    this + " is itself a part: a part is taken of a whole record; take it apart in a task");
        }
        return driver.part(this, RecordParts.indexOf(accessor));
    }

    @Override
    public List<String> where() {
        return driver.where(this);
    }

    @Override
    public void delete() {
        driver.delete(this);
    }

    @Override
    public String toString() {
        return part == WHOLE ? value.title() : value.title() + ".part(" + part + ")";
    }
}
