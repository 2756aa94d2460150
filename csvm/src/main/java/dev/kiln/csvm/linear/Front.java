package dev.kiln.csvm.linear;

/**
 * What a lane hands from block to block: the machine with the changes of the blocks visited so far in this round, each
 * times the number of lanes.
 *
 * @param w weights
 * @param s the sum of {@code y_i alpha_i}
 * @param most the greatest projected gradient met in first passes
 * @param least the least
 */
record Front(double[] w, double s, double most, double least) {

    static Front of(Plane plane) {
        return new Front(plane.w(), plane.s(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
