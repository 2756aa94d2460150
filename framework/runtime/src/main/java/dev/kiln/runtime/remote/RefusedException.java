package dev.kiln.runtime.remote;

import java.io.IOException;

/** The cluster is there and does not want this client: to try again is of no use. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public RefusedException(String message) {
        super(message);
    }
}
