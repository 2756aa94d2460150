package dev.kiln.runtime.driver;

import dev.kiln.tasks.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for some of many values. */
final class AnyOf {

    private AnyOf() {}

    /** Those that are settled, once so many are. */
    static <T extends @Nullable Object> List<Ref<T>> await(
            List<? extends Ref<T>> refs, int count, Function<Ref<?>, DriverRef<?>> own, Waits waits) {
        if (count < 0 || count > refs.size()) {
            throw new IllegalArgumentException(
                    "awaitAny(" + refs.size() + " refs, " + count + "): expected a count of 0 to " + refs.size());
        }
        var enough = new CompletableFuture<@Nullable Void>();
        var missing = new AtomicInteger(count);
        for (Ref<T> ref : refs) {
            DriverRef<?> each = own.apply(ref);
            each.checkUsable();
            each.value.whenSettled(() -> {
                if (missing.decrementAndGet() == 0) {
                    enough.complete(null);
                }
            });
        }
        if (count > 0) {
            waits.join(enough, "any of " + refs.size() + " values");
        }
        List<Ref<T>> done = new ArrayList<>();
        for (Ref<T> ref : refs) {
            if (ref.isDone()) {
                done.add(ref);
            }
        }
        return done;
    }
}
