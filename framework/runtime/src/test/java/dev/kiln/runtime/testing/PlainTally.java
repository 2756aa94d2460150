package dev.kiln.runtime.testing;

import java.io.Serializable;

/** What {@link Tally} is on nodes. */
public final class PlainTally implements Tally, Serializable {

    private static final long serialVersionUID = 1L;

    private long value;

    PlainTally() {}

    @Override
    public long increment() {
        return ++value;
    }

    @Override
    public long value() {
        return value;
    }
}
