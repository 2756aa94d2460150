package dev.kiln.tasks;

import dev.kiln.tasks.spi.ObjectCall;
import dev.kiln.tasks.spi.ObjectMethod;
import dev.kiln.tasks.spi.ObjectSpace;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** An active object as its interface: each call waits for its answer. Thread-safe. */
final class ObjectStub implements InvocationHandler {

    private final Class<?> type;
    private final ObjectSpace space;
    private final ObjectInfo found;
    private final Duration timeout;
    private final CallOrder order;
    private final Map<Method, ObjectMethod> methods = new ConcurrentHashMap<>();

    private ObjectStub(Class<?> type, ObjectSpace space, ObjectInfo found, Duration timeout, CallOrder order) {
        this.type = type;
        this.space = space;
        this.found = found;
        this.timeout = timeout;
        this.order = order;
    }

    static <T> T of(Class<T> type, ObjectSpace space, ObjectInfo found, Duration timeout, CallOrder order) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ObjectStub(type, space, found, timeout, order)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofEveryObject(proxy, method, args);
        }
        ObjectMethod called = methods.computeIfAbsent(method, ObjectMethod::of);
        List<@Nullable Object> given = args == null ? List.of() : Collections.unmodifiableList(Arrays.asList(args));
        byte[] encoded = space.encode(called, given);
        if (!order.isIdle()) {
            var _ = order.settled().get();
        }
        boolean repeatable = called.readOnly() || called.idempotent();
        CompletableFuture<@Nullable Object> answer =
                space.call(new ObjectCall(found.id(), found.alias(), called, encoded, timeout, repeatable));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            RuntimeException failure = ObjectRef.failure(e);
            throw failure instanceof TaskFailedException thrown && thrown.getCause() != null
                    ? thrown.getCause()
                    : failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while waiting for " + called.title() + " of " + found.alias(), e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a stub is itself and no other
    private Object ofEveryObject(Object proxy, Method method, @Nullable Object @Nullable [] args) {
        return switch (method.getName()) {
            case "equals" -> args != null && proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName() + " " + found.alias();
        };
    }
}
