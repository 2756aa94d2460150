package dev.kiln.dislib;

/**
 * What everything random starts from: the same seed gives the same bits on any number of nodes.
 *
 * @param value any number
 */
public record Seed(long value) {

    /** To be imported statically: {@code seed(42)}. */
    public static Seed seed(long value) {
        return new Seed(value);
    }
}
