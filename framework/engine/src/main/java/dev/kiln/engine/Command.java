package dev.kiln.engine;

import java.util.List;

/** What is to be done, in the order given. */
public sealed interface Command {

    /**
     * Run a task on a node.
     *
     * @param attempt counts from 1; answers carry it, so that late ones can be told apart
     * @param inPlace whether an update may change its first input itself, instead of a copy; the old version's number is
     *     then freed by a {@link DropValue} after the answer
     * @param from for each input in the order of the spec, where the node gets it from when it does not hold it:
     *     {@link Places#HERE}, {@link Places#CACHE}, {@link Places#DRIVER} or another node; or {@link Places#COMING}, for
     *     a task that follows another: it runs when that one has been answered for, with its result, which it may
     *     change in place unless the driver was sent it; and it is given back when that one ends without a result
     */
    record RunTask(int node, long task, int attempt, boolean inPlace, int[] from) implements Command {}

    /** Stop a task, or forget it where it has not begun; an answer, if one comes, will be ignored. */
    record CancelTask(int node, long task, int attempt) implements Command {}

    /**
     * Give a task back that has not begun, to be answered by {@link Event.TaskReturned}: another node has nothing to do.
     * One that has begun goes on, and is answered as ever.
     */
    record TakeBack(int node, long task, int attempt) implements Command {}

    /**
     * Free a value on a node, in the cache or at the driver.
     *
     * @param place a node, {@link Places#CACHE} or {@link Places#DRIVER}
     */
    record DropValue(int place, long value) implements Command {}

    /**
     * Have a node get a copy of a value from another node, which is about to leave. To be answered by
     * {@link Event.ReplicaStored} or {@link Event.CopyFailed}, unless the node is lost.
     */
    record CopyValue(int node, long value, int from) implements Command {}

    /**
     * A node that was to leave has nothing left that anybody needs: whatever becomes of it now, nothing is lost. Nothing
     * more is sent to it.
     */
    record NodeLeft(int node) implements Command {}

    /** The value exists for the first time; said of values that were put as well. */
    record ValueAvailable(long value) implements Command {}

    /**
     * The value will never exist, or never again. Said once when that is found out, and again to each later
     * {@link Event.ValueWanted}; gets that wait are all answered by it.
     *
     * @param chain the tasks from the one that makes the value to the one that failed
     * @param reason why that one failed, in one line
     */
    record ValueFailed(long value, List<Long> chain, String reason) implements Command {}

    /**
     * Bring a wanted value to the program, once for each {@link Event.ValueWanted}. To be answered by exactly one of
     * {@link Event.ValueDelivered} and {@link Event.DeliveryFailed}, also when the node is lost meanwhile.
     *
     * @param from a node, {@link Places#CACHE} or {@link Places#DRIVER}
     */
    record Deliver(long value, int from) implements Command {}

    /** Nothing can need this task to run again: what is kept for it can be forgotten. */
    record TaskForgotten(long task) implements Command {}
}
