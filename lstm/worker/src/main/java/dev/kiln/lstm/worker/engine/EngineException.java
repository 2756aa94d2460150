package dev.kiln.lstm.worker.engine;

/** An engine cannot be used here. The message is one line for the user: what is missing and how to get it. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error of this message. */
    public EngineException(String message) {
        super(message);
    }
}
