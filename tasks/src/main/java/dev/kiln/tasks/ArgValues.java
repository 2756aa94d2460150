package dev.kiln.tasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of arguments, in this JVM. */
final class ArgValues {

    private ArgValues() {}

    /** Whether it can be had without waiting. */
    static boolean isHere(Arg<?> arg) {
        return switch (arg) {
            case Arg.Value<?> literal -> true;
            case Arg.All<?>(var elements) -> elements.stream().allMatch(ArgValues::isHere);
            case Ref<?> ref -> false;
        };
    }

    /** The values; waits for refs. */
    static List<@Nullable Object> of(List<? extends Arg<?>> args) {
        List<@Nullable Object> values = new ArrayList<>(args.size());
        args.forEach(arg -> values.add(of(arg)));
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object of(Arg<?> arg) {
        return switch (arg) {
            case Arg.Value<?>(Object value) -> value;
            case Arg.All<?>(var elements) -> of(elements);
            case Ref<?> ref -> ref.get();
        };
    }
}
