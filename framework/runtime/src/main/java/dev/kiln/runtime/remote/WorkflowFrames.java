package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSink;

/**
 * The frames of a {@link Channel}, by their first byte. The driver's end says hello, sends the program's jar where the
 * cluster has not got it, and attaches; from then on messages to and from nodes pass through as they are. Requests have a
 * number, by which their answer is known.
 */
final class WorkflowFrames {

    /** Nothing but a sign of life. */
    static final byte PING = 0;

    /** Node, and a batch of messages to it or from it. */
    static final byte MESSAGES = 1;

    /** A value begins: its length, and what it is. */
    static final byte VALUE = 2;

    static final byte PIECE = 3;

    // From the driver.

    /** The version of Kiln; answered by {@link #WELCOME} or {@link #REFUSED}. */
    static final byte HELLO = 10;

    /** The id of the program's code; answered by {@link #KNOWN}, {@link #UNKNOWN} or {@link #REFUSED}. */
    static final byte CODE = 11;

    /** A value: the jar; answered by {@link #KNOWN} or {@link #REFUSED}. */
    static final byte JAR = 12;

    /** Answered by {@link #ATTACHED} or {@link #REFUSED}; nodes are told before. */
    static final byte ATTACH = 13;

    /** A node that is needed no more. */
    static final byte RELEASE = 14;

    /** Number, node, value, part; answered. */
    static final byte FETCH = 15;

    /** A value for the cache: number, value, shard; answered. */
    static final byte PUT = 16;

    /** Number, value, shard; answered. */
    static final byte GET = 17;

    /** Value, shard. */
    static final byte DROP = 18;

    /** Number, or 0 for the last; how far the workflow is. */
    static final byte REPORT = 19;

    /** The workflow is closed; when all of it is freed, the cluster hangs up. */
    static final byte BYE = 20;

    // From the cluster.

    /** How many nodes founded it. */
    static final byte WELCOME = 30;

    /** Why not. */
    static final byte REFUSED = 31;

    static final byte KNOWN = 32;
    static final byte UNKNOWN = 33;

    /** The workflow's number. */
    static final byte ATTACHED = 34;

    /** Node, name, slots. */
    static final byte JOINED = 35;

    static final byte LOST = 36;
    static final byte LEAVING = 37;

    /** An answer that is a value: number. */
    static final byte FOUND = 38;

    /** An answer without a value: number. */
    static final byte DONE = 39;

    /** An answer: number, whether the nodes' memory is full, why. */
    static final byte FAILED = 40;

    /** To be answered by {@link #REPORT}: number. */
    static final byte ASK_REPORT = 41;

    private WorkflowFrames() {}

    static ByteSink frame(byte kind) {
        var frame = new ByteSink(32);
        frame.u8(kind);
        return frame;
    }

    static ByteSink frame(byte kind, long number) {
        ByteSink frame = frame(kind);
        frame.varint(number);
        return frame;
    }

    static ByteSink frame(byte kind, String text) {
        ByteSink frame = frame(kind);
        frame.string(text);
        return frame;
    }
}
