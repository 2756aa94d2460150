package dev.kiln.tasks;

/**
 * What a workflow has done so far; a snapshot.
 *
 * @param submitted tasks submitted
 * @param done tasks whose value exists (or existed), each counted once
 * @param failed tasks that failed for good, those that could not run for want of an input included
 * @param running tasks sent to a node and not finished
 * @param repeated runs beyond a task's first: retries, and re-execution after a node was lost
 * @param bytesMoved bytes of values sent from one node to another
 * @param restored of {@code done}, those that a checkpoint said were done, so that they did not run
 */
public record WorkflowStats(
        long submitted, long done, long failed, long running, long repeated, long bytesMoved, long restored) {

    /** Of a workflow without a checkpoint. */
    public WorkflowStats(long submitted, long done, long failed, long running, long repeated, long bytesMoved) {
        this(submitted, done, failed, running, repeated, bytesMoved, 0);
    }
}
