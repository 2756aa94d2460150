package dev.kiln.csvm.internal.cascade;

/**
 * What a machine does to the rows of a block, or of all.
 *
 * @param rows how many
 * @param penalty the sum of losses, each times the row's own C
 * @param correct rows that are where they should be
 * @param squares the sum of squares of what decision values miss targets by; means nothing where rows have labels
 */
public record Loss(long rows, double penalty, long correct, double squares) {}
