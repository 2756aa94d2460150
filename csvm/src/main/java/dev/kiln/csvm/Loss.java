package dev.kiln.csvm;

/**
 * What a machine does to the rows of a block, or of all.
 *
 * @param rows how many
 * @param penalty the sum of {@code C_t max(0, 1 - y f(x))}, with each row's own C
 * @param correct rows on their own side
 */
record Loss(long rows, double penalty, long correct) {}
