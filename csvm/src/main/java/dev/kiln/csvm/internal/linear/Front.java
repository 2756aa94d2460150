package dev.kiln.csvm.internal.linear;

/**
 * What a lane hands from block to block: the machine with the changes of the blocks visited so far in this round, each
 * times the number of lanes.
 *
 * @param w weights
 * @param s the sum of {@code y_i alpha_i}
 */
record Front(double[] w, double s) {

    static Front of(Plane plane) {
        return new Front(plane.w(), plane.s());
    }
}
