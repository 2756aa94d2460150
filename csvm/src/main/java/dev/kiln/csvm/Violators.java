package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;

/**
 * The rows of one block that break the optimality conditions most, in the order of their ids.
 *
 * @param points the rows
 * @param labels +1 or -1
 * @param weights what they weigh
 * @param ids their numbers in the whole array
 * @param f of the machine they were measured by
 */
record Violators(Points points, byte[] labels, Weights weights, long[] ids, double[] f) {}
