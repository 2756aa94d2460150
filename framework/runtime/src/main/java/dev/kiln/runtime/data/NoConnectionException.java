package dev.kiln.runtime.data;

import java.io.IOException;

/** A node cannot be reached, or who is reached is not that node. */
public final class NoConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    NoConnectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
