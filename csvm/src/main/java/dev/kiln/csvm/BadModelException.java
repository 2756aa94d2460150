package dev.kiln.csvm;

/** A model file cannot be read or written. The message is one line for the user, and begins with the file. */
public final class BadModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the file, and what is wrong with it. */
    public BadModelException(java.nio.file.Path file, String what) {
        super(file + ": " + what);
    }
}
