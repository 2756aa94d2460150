package dev.kiln.tasks;

import dev.kiln.tasks.spi.RecordParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The result of a call of an active object, which comes to the caller. Thread-safe. */
final class ObjectRef<R extends @Nullable Object> implements Ref<R> {

    private final String title;
    private final CompletableFuture<R> result;
    private volatile boolean deleted;

    ObjectRef(String title, CompletableFuture<R> result) {
        this.title = title;
        this.result = result;
    }

    /** Arguments of a task, in which results of active objects are literals: they are here, and tasks are elsewhere. */
    static List<Arg<?>> asLiterals(Arg<?>... args) {
        for (Arg<?> arg : args) {
            if (holdsResult(arg)) {
                List<Arg<?>> literals = new ArrayList<>(args.length);
                for (Arg<?> each : args) {
                    literals.add(asLiteral(each));
                }
                return List.copyOf(literals);
            }
        }
        return List.of(args);
    }

    private static boolean holdsResult(Arg<?> arg) {
        return arg instanceof ObjectRef<?>
                || (arg instanceof Arg.All<?>(var elements) && elements.stream().anyMatch(ObjectRef::holdsResult));
    }

    private static Arg<?> asLiteral(Arg<?> arg) {
        return switch (arg) {
            case Arg.Value<?> literal -> literal;
            case Arg.All<?>(var elements) ->
                Arg.all(elements.stream().map(ObjectRef::asLiteral).toList());
            case Ref<?> ref -> ref instanceof ObjectRef<?> result ? Arg.value(result.get()) : ref;
        };
    }

    @Override
    public R get() {
        try {
            return within(null);
        } catch (TimeoutException e) {
            throw new AssertionError("a wait without a limit timed out", e);
        }
    }

    @Override
    public R get(Duration atMost) throws TimeoutException {
        try {
            return within(atMost.toNanos());
        } catch (ArithmeticException e) {
            return get();
        }
    }

    private R within(@Nullable Long nanos) throws TimeoutException {
        checkUsable();
        try {
            return nanos == null ? result.get() : result.get(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + title, e);
        } catch (TimeoutException e) {
            throw (TimeoutException) new TimeoutException(title + " was not done in time").initCause(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** What a call failed with, from inside what futures wrap it in. */
    static RuntimeException failure(Throwable failed) {
        Throwable inner = failed;
        while ((inner instanceof ExecutionException || inner instanceof CompletionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return switch (inner) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException(inner);
        };
    }

    @Override
    public void await() {
        get();
    }

    @Override
    public boolean isDone() {
        return result.isDone();
    }

    @Override
    public <P extends @Nullable Object> Ref<P> part(Accessor<R, P> accessor) {
        checkUsable();
        int index = RecordParts.indexOf(accessor);
        return new ObjectRef<>(title + ".part(" + index + ")", result.thenApply(accessor::of));
    }

    /** Empty: results of calls are kept by the program, and on no node. */
    @Override
    public List<String> where() {
        checkUsable();
        return List.of();
    }

    @Override
    public void delete() {
        deleted = true;
    }

    private void checkUsable() {
        if (deleted) {
            throw new IllegalStateException("this value was deleted: " + title);
        }
        if (result.isCancelled()) {
            throw new CancellationException(title);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
