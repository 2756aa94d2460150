package dev.kiln.runtime.codec;

/** A value that cannot travel between JVMs. The message names the path to the field that cannot, and the cure. */
public final class NotEncodableException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public NotEncodableException(String message) {
        super(message);
    }

    private NotEncodableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, with what the value is for, such as "argument 2 of fit", put before it. */
    public NotEncodableException in(String what) {
        return new NotEncodableException(what + ": " + getMessage(), this);
    }
}
