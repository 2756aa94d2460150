package dev.kiln.command;

/**
 * Adds a subcommand to {@code kiln}; found by {@link java.util.ServiceLoader}, so a provider has a public constructor
 * without parameters and does no work in it.
 */
public interface CommandProvider {

    /**
     * A new picocli command: an object whose class is annotated {@code @Command} and is a
     * {@code Callable<Integer>} that returns the exit code. It may throw {@link UsageException} (exit code 2),
     * {@link ClusterFailedException} (3) and {@link dev.kiln.tasks.TaskFailedException} (1); the launcher prints each as
     * one line.
     */
    Object command(CommandContext context);
}
