package dev.kiln.csvm;

/**
 * Where training stands.
 *
 * @param number 1 for the first look through the rows after the cascade's first pass
 * @param violators rows that break the optimality conditions by more than they may
 * @param violation by how much the conditions are broken at most; training ends below the tolerance
 * @param supportVectors how many there are
 * @param objective the dual objective, which only rises
 * @param gap the duality gap as a part of the primal objective, of the multipliers as they stand; NaN where it was not
 *     asked for
 */
public record Round(int number, long violators, double violation, int supportVectors, double objective, double gap) {

    /** Without the gap. */
    public Round(int number, long violators, double violation, int supportVectors, double objective) {
        this(number, violators, violation, supportVectors, objective, Double.NaN);
    }
}
