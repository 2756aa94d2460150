package dev.kiln.runtime.wire;

import org.jspecify.annotations.Nullable;

/** A value on its way: the object itself inside one JVM, its encoded form between two. */
public sealed interface Payload {

    /**
     * The object itself, shared by sender and receiver.
     *
     * @param bytes roughly how large it is
     */
    record Live(@Nullable Object value, long bytes) implements Payload {}

    /** The form that {@code ValueCodec} writes. */
    record Encoded(byte[] data) implements Payload {}
}
