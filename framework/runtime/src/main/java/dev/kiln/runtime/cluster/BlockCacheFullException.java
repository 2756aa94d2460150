package dev.kiln.runtime.cluster;

/** A node's memory for stored blocks would not hold another one. The message names the node, the sizes and the cure. */
public final class BlockCacheFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public BlockCacheFullException(String message) {
        super(message);
    }
}
