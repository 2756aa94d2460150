package dev.kiln.tasks;

/**
 * A node of the cluster that a workflow runs on.
 *
 * @param name unique in the cluster; what {@link Placement#node} takes
 * @param slots how many tasks it runs at once
 */
public record NodeInfo(String name, int slots) {}
