package dev.kiln.ignite;

/** A cluster could not be started, and nothing of it is left running. The message says why and what to do. */
public class ClusterStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public ClusterStartException(String message) {
        super(message);
    }

    /** With the whole message and what was underneath. */
    public ClusterStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
