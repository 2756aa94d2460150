package dev.kiln.tasks;

import org.jspecify.annotations.Nullable;

/**
 * Stands in for an exception that a task threw and that could not reach the program: it holds something that cannot
 * travel, or its class cannot be had here. It has the message, the stack and the causes of the original, and prints as
 * the original does.
 */
public final class StandInException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String originalType;

    /**
     * For clusters; programs only meet it as a cause of {@link TaskFailedException}.
     *
     * @param originalType the class name of the original
     * @param message the message of the original
     * @param cause what stands for the cause of the original
     * @param stack where the original was thrown
     */
    public StandInException(
            String originalType, @Nullable String message, @Nullable Throwable cause, StackTraceElement[] stack) {
        super(message, cause);
        this.originalType = originalType;
        setStackTrace(stack);
    }

    /** The class name of the exception that was thrown. */
    public String originalType() {
        return originalType;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message is the original's; only the class differs
    public String toString() {
        return getMessage() == null ? originalType : originalType + ": " + getMessage();
    }
}
