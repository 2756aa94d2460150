package dev.kiln.csvm;

import dev.kiln.csvm.solver.KernelFunction;

/**
 * What every task of one training is told.
 *
 * @param kernel compares rows
 * @param c the price of a row on the wrong side
 * @param tolerance to end with
 * @param kernelBytes memory for kernel rows, for one task
 * @param seed for rows drawn
 * @param blocks how many blocks the rows are in
 */
record Training(KernelFunction kernel, double c, double tolerance, long kernelBytes, long seed, int blocks) {}
