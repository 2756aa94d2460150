package dev.kiln.ignite;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts numbered batches, which Ignite may let overtake each other, in order again. Not thread-safe. */
final class InOrder {

    private final Map<Long, ByteBuffer> early = new HashMap<>();
    private long next;

    /** Hands over this batch and those that waited for it, or keeps it until those before it have come. */
    void arrived(long number, ByteBuffer batch, Consumer<ByteBuffer> to) {
        if (number < next) {
            return;
        }
        early.put(number, batch);
        for (@Nullable ByteBuffer turn = early.remove(next); turn != null; turn = early.remove(next)) {
            next++;
            to.accept(turn);
        }
    }
}
