package dev.kiln.runtime.driver;

import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.Thrown;
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
        Object value = arrived.payload().decoded(codec);
        // A part of null is null, as it is on a node.
        return value != null && arrived.whole() && part != DriverRef.WHOLE ? codec.part(value, part) : value;
    }

    /** A value, or a part, that was kept by itself. */
    @Nullable Object decode(byte[] data) {
        return codec.decode(data);
    }

    /** What the program is thrown for a value that failed; made anew for each, so that its stack is the caller's. */
    TaskFailedException exception(Outcome.Failed failed) {
        Throwable cause = switch (failed.exception()) {
            case null -> null;
            case Payload.Live live -> (Throwable) live.value();
            case Payload.Encoded encoded -> Thrown.decode(encoded.data(), codec);
        };
        return new TaskFailedException(failed.names(), failed.reason(), cause);
    }
}
