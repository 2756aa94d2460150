package dev.kiln.csvm.internal.rows;

/**
 * How many rows of each label have a weight above 0, in a block or in all.
 *
 * @param positive those with label +1
 * @param negative those with label -1
 */
public record SideCounts(long positive, long negative) {

    SideCounts and(SideCounts other) {
        return new SideCounts(positive + other.positive, negative + other.negative);
    }

    /** Whether both classes have a row; a machine needs that. */
    public boolean areBoth() {
        return positive > 0 && negative > 0;
    }
}
