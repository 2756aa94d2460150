package dev.kiln.engine;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Why a value will never exist: the tasks from the one that makes it to the one that failed. The tail is shared with
 * the failure that caused this one, so that a chain of a hundred thousand dependents costs one cell each.
 */
final class Failure extends AbstractList<Long> {

    final String reason;
    private final long task;
    private final @Nullable Failure cause;
    private final int size;

    Failure(long task, String reason) {
        this(task, reason, null);
    }

    private Failure(long task, String reason, @Nullable Failure cause) {
        this.task = task;
        this.reason = reason;
        this.cause = cause;
        this.size = cause == null ? 1 : cause.size + 1;
    }

    /** The failure of a task that reads what failed with this. */
    Failure of(long dependent) {
        return new Failure(dependent, reason, this);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Long get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index " + index + " of a chain of " + size);
        }
        Failure cell = this;
        for (int k = 0; k < index && cell.cause != null; k++) {
            cell = cell.cause;
        }
        return cell.task;
    }

    @Override
    public Iterator<Long> iterator() {
        return new Iterator<>() {
            private @Nullable Failure next = Failure.this;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Long next() {
                Failure cell = next;
                if (cell == null) {
                    throw new NoSuchElementException();
                }
                next = cell.cause;
                return cell.task;
            }
        };
    }
}
