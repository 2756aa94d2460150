package dev.kiln.engine;

/**
 * What a node has to do.
 *
 * @param node its number
 * @param running tasks on its slots, as far as is known
 * @param waiting tasks that wait for one of its slots
 * @param finished tasks that ran to their end there
 * @param leaving whether it is to leave
 */
public record NodeLoad(int node, int running, int waiting, long finished, boolean leaving) {}
