package dev.kiln.runtime.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * A value in a checkpoint.
 *
 * @param bytes encoded
 * @param small the encoded value itself, when it is small; else null, and it has a file. Not to be changed
 * @param answered whether the program got it, and so will ask for it again when it runs again
 */
public record Kept(long bytes, byte @Nullable [] small, boolean answered) {

    /** The same, got by the program. */
    public Kept toAnswer() {
        return answered ? this : new Kept(bytes, small, true);
    }
}
