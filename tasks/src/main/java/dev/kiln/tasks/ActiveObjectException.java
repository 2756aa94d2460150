package dev.kiln.tasks;

/** An active object could not be created, found or called. The message says why and, where there is one, the cure. */
public final class ActiveObjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, for programs that act on it. */
    public enum Reason {
        /** No object has this alias. */
        NOT_FOUND,
        /** Another object has this alias. */
        ALIAS_TAKEN,
        /** The alias names an object of another interface. */
        WRONG_TYPE,
        /** No node has a class that implements the interface. */
        NO_IMPLEMENTATION,
        /** The constructor of the implementation failed, or none takes these arguments. */
        NOT_CREATED,
        /** The object was deleted. */
        DELETED,
        /** Its node was lost, and no copy of it is left. */
        LOST,
        /** The node was lost while the call ran there: it may have taken place or not. */
        OUTCOME_UNKNOWN,
        /** No answer came in time: the call may take place later, or have taken place. */
        TIMED_OUT,
        /** There is no such node. */
        NO_NODE,
        /** The node has no memory left. */
        NODE_FULL,
        /** The state of the object holds something that cannot travel. */
        NOT_ENCODABLE,
        /** There is no such snapshot. */
        NO_SNAPSHOT,
        /** The cluster is closed, or cannot be reached. */
        UNREACHABLE,
        /** Something else; the message says it. */
        FAILED
    }

    private final Reason reason;

    /** With the whole message. */
    public ActiveObjectException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }
}
