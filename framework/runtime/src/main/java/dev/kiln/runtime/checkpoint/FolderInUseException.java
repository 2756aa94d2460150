package dev.kiln.runtime.checkpoint;

/** A checkpoint folder cannot be used, or is in use. The message is one line that says what to do. */
public final class FolderInUseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    FolderInUseException(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
    }
}
