package dev.kiln.dislib.data;

/**
 * Where the rows of a block are.
 *
 * @param rows how many rows the block has
 * @param offset the start of a line at or before its first row
 * @param line the number of that line, from 1
 * @param skip how many rows come between
 */
record BlockPlan(int rows, long offset, long line, int skip) {}
