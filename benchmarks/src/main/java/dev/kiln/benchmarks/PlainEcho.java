package dev.kiln.benchmarks;

import java.io.Serializable;

/** What {@link Echo} is on nodes. */
public final class PlainEcho implements Echo, Serializable {

    private static final long serialVersionUID = 1L;

    private int count;

    /** For the cluster. */
    PlainEcho() {}

    @Override
    public int next(int number) {
        return number + 1;
    }

    @Override
    public int count() {
        return ++count;
    }

    @Override
    public byte[] echo(byte[] data) {
        return data;
    }
}
