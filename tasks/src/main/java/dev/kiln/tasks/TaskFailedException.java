package dev.kiln.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value cannot be had because a task failed. {@link #getCause()} is the exception that the user's method threw;
 * {@link #chain()} leads from the task that was asked for to the one that threw.
 */
public final class TaskFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> chain;

    /**
     * For clusters; programs only catch it.
     *
     * @param chain the tasks from the one asked for to the one that threw, at least one, as {@code name#id}
     * @param reason what went wrong in the last of them, in one line
     * @param cause the user's exception, or null when none was thrown (a lost node, an input that cannot be had)
     */
    public TaskFailedException(List<String> chain, String reason, @Nullable Throwable cause) {
        super(message(chain, reason), cause);
        this.chain = List.copyOf(chain);
    }

    /** From the task that was asked for to the one that threw; one element where they are the same. */
    public List<String> chain() {
        return chain;
    }

    private static String message(List<String> chain, String reason) {
        String origin = chain.getLast();
        if (chain.size() == 1) {
            return "task " + origin + " failed: " + reason;
        }
        return "task " + chain.getFirst() + " could not run: it depends on " + origin + ", which failed: " + reason
                + " (" + String.join(" <- ", chain) + ")";
    }
}
