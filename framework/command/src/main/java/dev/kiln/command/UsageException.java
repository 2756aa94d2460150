package dev.kiln.command;

/** The user asked for something that cannot be done. The message is the one line shown; the exit code is 2. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With the line to show: what was expected, what was found, what to do.
     *
     * @param line without a full stop at its end
     */
    public UsageException(String line) {
        super(line);
    }
}
