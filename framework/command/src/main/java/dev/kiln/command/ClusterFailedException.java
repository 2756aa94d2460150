package dev.kiln.command;

/**
 * A cluster could not start or be reached, broke down, or refused. The message is the one line shown; the exit code is 3.
 */
public final class ClusterFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With the line to show: what was expected, what was found, what to do.
     *
     * @param line without a full stop at its end
     * @param cause for {@code --verbose}
     */
    public ClusterFailedException(String line, Throwable cause) {
        super(line, cause);
    }
}
