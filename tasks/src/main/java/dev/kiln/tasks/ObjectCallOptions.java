package dev.kiln.tasks;

import dev.kiln.tasks.spi.ObjectCall;
import dev.kiln.tasks.spi.ObjectMethod;
import dev.kiln.tasks.spi.ObjectSpace;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a call of an active object between its two steps. A step is made, told and submitted by one
 * thread; each {@code submit} is a call of its own. Programs cannot extend this class.
 *
 * @param <S> the step itself, so that options can be chained
 */
public abstract class ObjectCallOptions<S extends ObjectCallOptions<S>> {

    private final ActiveObject<?> object;
    private final ObjectMethod method;
    private Duration timeout;
    private boolean repeatable;

    ObjectCallOptions(ActiveObject<?> object, Serializable reference, boolean update) {
        this.object = object;
        this.method = ObjectMethod.of(reference, object.type());
        if (update == method.readOnly()) {
            String name = method.method().getDeclaringClass().getSimpleName() + "::"
                    + method.method().getName();
            throw new IllegalArgumentException(
                    update
                            ? "update(" + name + "): the method is marked @ReadOnly; call it through task(...)"
                            : "task(" + name + "): the method may change the object; mark it @ReadOnly if it does not,"
                                    + " or call it through update(...)");
        }
        this.timeout = object.timeout();
        this.repeatable = method.readOnly() || method.idempotent();
    }

    /** How long to wait for the answer; afterwards getting the result fails. */
    public final S timeout(Duration atMost) {
        if (atMost.isZero() || atMost.isNegative()) {
            throw new IllegalArgumentException("timeout(" + atMost + "): expected a time longer than nothing");
        }
        timeout = atMost;
        return self();
    }

    /** Says that this call may run twice without harm, as {@link Idempotent} says it of a method. */
    public final S idempotent() {
        repeatable = true;
        return self();
    }

    @SuppressWarnings("unchecked") // the cluster brings what the method returned
    final <R extends @Nullable Object> Ref<R> send(Arg<?>... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i] == null) {
                throw new NullPointerException("argument " + (i + 1) + " of " + method.title()
                        + " is null: expected a ref, or value(null) for a null literal");
            }
        }
        ObjectSpace space = object.space();
        List<Arg<?>> given = List.of(args);
        CompletableFuture<byte[]> encoded;
        if (given.stream().allMatch(ArgValues::isHere)) {
            encoded = CompletableFuture.completedFuture(space.encode(method, ArgValues.of(given)));
        } else {
            encoded = new CompletableFuture<>();
            // Values of tasks can only be waited for by a thread.
            Thread.ofVirtual().name("kiln-arguments").start(() -> fill(encoded, space, given));
        }
        CompletableFuture<@Nullable Object> result =
                object.order().submit(!method.readOnly(), () -> encoded.thenCompose(bytes -> space.call(call(bytes))));
        return (Ref<R>) new ObjectRef<>(method.title() + " of " + object.alias(), result);
    }

    private void fill(CompletableFuture<byte[]> encoded, ObjectSpace space, List<Arg<?>> given) {
        try {
            encoded.complete(space.encode(method, new ArrayList<>(ArgValues.of(given))));
        } catch (RuntimeException | Error e) {
            encoded.completeExceptionally(e);
        }
    }

    private ObjectCall call(byte[] args) {
        return new ObjectCall(object.id(), object.alias(), method, args, timeout, repeatable);
    }

    @SuppressWarnings("unchecked") // S is the subclass itself
    private S self() {
        return (S) this;
    }
}
