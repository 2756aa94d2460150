package dev.kiln.runtime.codec;

import org.jspecify.annotations.Nullable;

/** Bytes that are not what the codec wrote, or that need a class which the reader does not have. */
public final class CorruptDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public CorruptDataException(String message) {
        super(message);
    }

    /** With what made it come to light. */
    public CorruptDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
