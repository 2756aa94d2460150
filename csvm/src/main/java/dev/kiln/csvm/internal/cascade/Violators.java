package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.Points;

/**
 * The rows of one block that break the optimality conditions most, in the order of their ids.
 *
 * @param points the rows
 * @param labels +1 or -1
 * @param terms what they weigh, and their targets
 * @param ids their numbers in the whole array
 * @param f of the machine they were measured by
 */
record Violators(Points points, byte[] labels, RowTerms terms, long[] ids, double[] f) {}
