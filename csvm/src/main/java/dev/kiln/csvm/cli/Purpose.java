package dev.kiln.csvm.cli;

/** What a machine is trained for: {@code --task}. */
enum Purpose {
    /** To tell classes apart. */
    CLASSIFY,
    /** To predict a number. */
    REGRESS,
    /** To find rows that are unlike the others. */
    OUTLIERS
}
