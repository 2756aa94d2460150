package dev.kiln.csvm;

/**
 * Where training stands.
 *
 * @param number 1 for the first look through the rows after the cascade's first pass
 * @param violators rows that break the optimality conditions by more than they may
 * @param violation by how much the conditions are broken at most; training ends below the tolerance
 * @param supportVectors how many there are
 * @param objective the dual objective, which only rises
 */
public record Round(int number, long violators, double violation, int supportVectors, double objective) {}
