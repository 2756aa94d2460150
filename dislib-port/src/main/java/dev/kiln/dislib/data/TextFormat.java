package dev.kiln.dislib.data;

/** How a data file is written. */
public enum TextFormat {
    /** Decided by the first lines, and by the ending of the file's name where they leave it open. */
    AUTO,
    /** A line a row, with fields between commas, semicolons, tabs or blanks; perhaps names on the first line. */
    CSV,
    /** A line a row: {@code label index:value …}, indices ascending from 1, values left out being 0. */
    LIBSVM
}
