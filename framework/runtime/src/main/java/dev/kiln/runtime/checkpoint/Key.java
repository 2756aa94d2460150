package dev.kiln.runtime.checkpoint;

/**
 * What a value is kept under.
 *
 * @param part of a record, or -1 for the whole
 */
public record Key(Identity identity, int part) {

    /** In place of a component's index: the whole value. */
    public static final int WHOLE = -1;

    /** Of a whole value. */
    public static Key of(Identity identity) {
        return new Key(identity, WHOLE);
    }
}
