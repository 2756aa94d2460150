package dev.kiln.cli;

/** A user's program ended with an exception, which is the cause. */
final class ProgramFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProgramFailedException(String line, Throwable cause) {
        super(line, cause);
    }
}
