package dev.kiln.csvm;

/**
 * What a machine does to the rows of a block, or of all.
 *
 * @param rows how many
 * @param hinge the sum of {@code max(0, 1 - y f(x))}
 * @param correct rows on their own side
 */
record Loss(long rows, double hinge, long correct) {}
