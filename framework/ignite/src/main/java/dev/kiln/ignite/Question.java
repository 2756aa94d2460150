package dev.kiln.ignite;

import java.nio.ByteBuffer;

/** What nodes ask each other, as bytes; the first says what is asked. */
final class Question {

    /** A value that the node holds: workflow, value, part. */
    static final byte FETCH = 1;

    /** Room for a block: who asks, bytes. Answered by nothing, or by why not. */
    static final byte RESERVE = 2;

    /** To give the room back: who asks, bytes. */
    static final byte RELEASE = 3;

    /** To free the blocks of a workflow that this node stored: workflow. */
    static final byte DROP_WORKFLOW = 4;

    private Question() {}

    static byte[] fetch(long workflow, long value, int part) {
        return ByteBuffer.allocate(21)
                .put(FETCH)
                .putLong(workflow)
                .putLong(value)
                .putInt(part)
                .array();
    }

    static byte[] reserve(int asker, long bytes) {
        return ByteBuffer.allocate(13).put(RESERVE).putInt(asker).putLong(bytes).array();
    }

    static byte[] release(int asker, long bytes) {
        return ByteBuffer.allocate(13).put(RELEASE).putInt(asker).putLong(bytes).array();
    }

    static byte[] dropWorkflow(long workflow) {
        return ByteBuffer.allocate(9).put(DROP_WORKFLOW).putLong(workflow).array();
    }
}
