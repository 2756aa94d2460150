package dev.kiln.benchmarks;

import dev.kiln.tasks.ReadOnly;

/** The active object that is measured. */
public interface Echo {

    /** The number plus one. */
    @ReadOnly
    int next(int number);

    /** Counts; returns how often. */
    int count();

    /** What it is given. */
    @ReadOnly
    byte[] echo(byte[] data);
}
