package dev.kiln.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a task: a {@link Ref} to a value that a task makes, a literal {@link #value(Object)}, or
 * {@link #all(List) a list} of arguments. Import the two methods statically.
 *
 * @param <T> the type of the parameter that it is given to
 */
public sealed interface Arg<T extends @Nullable Object> permits Arg.Value, Arg.All, Ref {

    /** A literal, sent along with the task. Large values that several tasks read belong in {@link Workflow#put}. */
    static <T extends @Nullable Object> Arg<T> value(T value) {
        return new Value<>(value);
    }

    /**
     * Many arguments gathered into one {@code List} parameter, in this order. The task gets a list that cannot be
     * changed, and waits for every ref in it; a list of lists is made by {@code all} of {@code all}s.
     */
    static <T extends @Nullable Object> Arg<List<T>> all(List<? extends Arg<? extends T>> args) {
        int index = 0;
        for (Arg<? extends T> arg : args) {
            if (arg == null) {
                throw new NullPointerException(
                        "all(...): element " + index + " is null: expected a ref, or value(null) for a null literal");
            }
            index++;
        }
        return new All<>(List.copyOf(args));
    }

    /** A literal argument; made by {@link Arg#value}. */
    record Value<T extends @Nullable Object>(T value) implements Arg<T> {}

    /** A list of arguments; made by {@link Arg#all}. */
    record All<T extends @Nullable Object>(List<? extends Arg<? extends T>> args) implements Arg<List<T>> {}
}
