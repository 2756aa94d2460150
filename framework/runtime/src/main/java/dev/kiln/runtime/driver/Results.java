package dev.kiln.runtime.driver;

import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.tasks.TaskFailedException;
import org.jspecify.annotations.Nullable;

/** Turns what arrived into what the program gets, on the program's own threads. Thread-safe. */
final class Results {

    private final ValueCodec codec;

    Results(ValueCodec codec) {
        this.codec = codec;
    }

    /** The value, or its part. */
    @Nullable Object decode(Delivery.Arrived arrived, int part) {
        Object value = decode(arrived.payload());
        // A part of null is null, as it is on a node.
        return value != null && arrived.whole() && part != DriverRef.WHOLE ? codec.part(value, part) : value;
    }

    private @Nullable Object decode(Payload payload) {
        return switch (payload) {
            case Payload.Live live -> live.value();
            case Payload.Encoded encoded -> codec.decode(encoded.data());
        };
    }

    /** What the program is thrown for a value that failed; made anew for each, so that its stack is the caller's. */
    TaskFailedException exception(Outcome.Failed failed) {
        Payload thrown = failed.origin().exception;
        Throwable cause = null;
        if (thrown != null) {
            try {
                cause = (Throwable) decode(thrown);
            } catch (RuntimeException | LinkageError e) {
                // Its class cannot be had here: the reason in one line has to do.
                cause = null;
            }
        }
        return new TaskFailedException(failed.names(), failed.reason(), cause);
    }
}
