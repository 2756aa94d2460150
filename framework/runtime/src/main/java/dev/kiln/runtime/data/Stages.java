package dev.kiln.runtime.data;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Buffers that values pass through, used again and again. Thread-safe. */
final class Stages {

    /** Small enough for what was copied into it to be in the processor's cache when it is sent. */
    private static final int BYTES = 256 << 10;

    private static final int MOST_IDLE = 16;

    private final boolean direct;
    private final ArrayBlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(MOST_IDLE);

    /** Direct ones for sockets, arrays for TLS. */
    Stages(DataKeys keys) {
        this.direct = keys.tls() == null;
    }

    /** An empty one, for writing into. */
    ByteBuffer take() {
        @Nullable ByteBuffer stage = idle.poll();
        if (stage == null) {
            stage = direct ? ByteBuffer.allocateDirect(BYTES) : ByteBuffer.allocate(BYTES);
        }
        return stage.clear();
    }

    void give(ByteBuffer stage) {
        // One that does not fit is left to the collector.
        var _ = idle.offer(stage);
    }
}
