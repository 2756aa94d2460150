package dev.kiln.dislib.data;

/**
 * A data file cannot be used as it is. The message is one line for the user, and begins with the file, and where it
 * can with line and column, both counted from 1: {@code train.csv:17:3: expected a number, found 'abc'}.
 */
public final class BadDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error of this message, which names the file. */
    public BadDataException(String message) {
        super(message);
    }

    /** An error about a whole file. */
    static BadDataException inFile(String file, String what) {
        return new BadDataException(file + ": " + what);
    }

    /** An error at a line. */
    static BadDataException at(String file, long line, String what) {
        return new BadDataException(file + ":" + line + ": " + what);
    }

    /** An error at a column of a line. */
    static BadDataException at(String file, long line, long column, String what) {
        return new BadDataException(file + ":" + line + ":" + column + ": " + what);
    }
}
