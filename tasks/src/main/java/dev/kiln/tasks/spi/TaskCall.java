package dev.kiln.tasks.spi;

import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a task method, as the program stated it.
 *
 * @param method the method
 * @param args its arguments; for an update the first is the ref to be updated
 * @param update whether the first argument is changed
 * @param name what to call this task in messages
 * @param retries how often it is tried again
 * @param priority higher runs first
 * @param placement where to run it
 * @param site the caller's {@code File.java:line}, taken for updates alone, since it costs a walk of the stack
 */
public record TaskCall(
        TaskMethod method,
        List<Arg<?>> args,
        boolean update,
        String name,
        int retries,
        int priority,
        Placement placement,
        @Nullable String site) {}
