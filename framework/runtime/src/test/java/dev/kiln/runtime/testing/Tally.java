package dev.kiln.runtime.testing;

import dev.kiln.tasks.ReadOnly;

/** A counter: the active object whose histories can be checked in little time. */
public interface Tally {

    /** One more; returns how many there are now. */
    long increment();

    @ReadOnly
    long value();
}
