package dev.kiln.engine;

/**
 * What a scheduler has seen so far.
 *
 * @param submitted tasks submitted
 * @param done tasks whose value exists or existed, each counted once
 * @param failed tasks that failed for good, those that could not run for want of an input included
 * @param running tasks sent to a node and not answered
 * @param repeated runs beyond a task's first: retries, and runs repeated because a node was lost
 * @param restored of those done, the ones that an earlier run had done
 */
public record Counts(long submitted, long done, long failed, long running, long repeated, long restored) {}
