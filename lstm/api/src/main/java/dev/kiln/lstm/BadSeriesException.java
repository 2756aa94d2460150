package dev.kiln.lstm;

/** A file is not the series it was taken for; the message, one line, begins with the file. */
public final class BadSeriesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, in one line. */
    public BadSeriesException(String message) {
        super(message);
    }
}
