package dev.kiln.csvm;

/**
 * What the two classes of a machine weigh.
 *
 * @param positive that of the rows with label +1, above 0
 * @param negative that of the rows with label -1, above 0
 */
record SideWeights(double positive, double negative) {

    /** Both weigh 1. */
    static final SideWeights EQUAL = new SideWeights(1, 1);

    double of(byte label) {
        return label > 0 ? positive : negative;
    }
}
