package dev.kiln.engine;

/** What a task takes, as far as is known: a moving average over those that ended. */
final class Pace {

    private long nanos;
    private boolean known;

    /** With a guess for as long as nothing is known. */
    Pace(long guess) {
        this.nanos = Math.max(1, guess);
    }

    /** A task took so long; 0 says nothing. */
    void took(long taken) {
        if (taken > 0) {
            nanos = Math.max(1, nanos + (taken - nanos) / 8);
            known = true;
        }
    }

    boolean known() {
        return known;
    }

    /** At least 1. */
    long nanos() {
        return nanos;
    }
}
