package dev.kiln.csvm;

/**
 * Where the training of one machine of a multi-class model stands.
 *
 * @param first index of the class on its positive side
 * @param second index of the class on its negative side, or -1 for all others
 * @param round of this machine
 */
public record MultiRound(int first, int second, Round round) {}
