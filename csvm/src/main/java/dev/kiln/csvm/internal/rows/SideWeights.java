package dev.kiln.csvm.internal.rows;

import dev.kiln.csvm.ClassWeights;

/**
 * What the two classes of a machine weigh.
 *
 * @param positive that of the rows with label +1, above 0
 * @param negative that of the rows with label -1, above 0
 */
public record SideWeights(double positive, double negative) {

    /** Both weigh 1. */
    public static final SideWeights EQUAL = new SideWeights(1, 1);

    /** The weights of the classes -1 and +1, of which there are so many rows. */
    public static SideWeights of(ClassWeights weights, SideCounts counts) {
        double[] two = weights.of(new double[] {-1, 1}, new long[] {counts.negative(), counts.positive()});
        return new SideWeights(two[1], two[0]);
    }

    public double of(byte label) {
        return label > 0 ? positive : negative;
    }
}
