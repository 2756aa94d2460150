package dev.kiln.runtime.wire;

import dev.kiln.runtime.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/** A value on its way: the object itself inside one JVM, its encoded form between two. */
public sealed interface Payload {

    /** The value, read by this codec where it is encoded. */
    @Nullable Object decoded(ValueCodec codec);

    /**
     * The object itself, shared by sender and receiver.
     *
     * @param bytes roughly how large it is
     */
    record Live(@Nullable Object value, long bytes) implements Payload {

        @Override
        public @Nullable Object decoded(ValueCodec codec) {
            return value;
        }
    }

    /** The form that {@code ValueCodec} writes. */
    record Encoded(byte[] data) implements Payload {

        @Override
        public @Nullable Object decoded(ValueCodec codec) {
            return codec.decode(data);
        }
    }
}
