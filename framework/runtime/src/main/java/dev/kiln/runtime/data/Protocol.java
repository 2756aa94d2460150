package dev.kiln.runtime.data;

/**
 * What goes over a connection once both ends are known: requests, and after each its answer. A request is workflow,
 * value and part; an answer is one of the following, a length, and so many bytes.
 */
final class Protocol {

    static final int REQUEST_BYTES = 8 + 8 + 4;
    static final int ANSWER_HEADER = 1 + 8;

    /** The encoded value follows. */
    static final byte VALUE = 0;

    /** It is not there; nothing follows. */
    static final byte NOTHING = 1;

    /** Why it cannot be sent follows, in UTF-8. */
    static final byte REFUSED = 2;

    static final int LONGEST_REASON = 1 << 16;

    private Protocol() {}
}
