package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task on this node. What changes is guarded by its workflow until the task is ready; then the slot that
 * runs it has it, except for whether it was begun and cancelled.
 */
final class NodeTask implements Comparable<NodeTask> {

    private static final @Nullable Object[] NO_INPUTS = {};
    private static final boolean[] NONE_PRESENT = {};

    final NodeWorkflow workflow;
    final ToNode.RunTask order;
    final long id;
    final int priority;

    /** The inputs, where they are needed whole or are held whole; small ones stay null, being in the order. */
    final @Nullable Object[] inputs;
    /** Which of {@link #inputs} are there. */
    final boolean[] present;
    /** Parts that were fetched alone, by input and part. */
    private @Nullable Map<Long, @Nullable Object> parts;
    /** Fetches that have not arrived. */
    int missing;
    /** Bytes that came from another node for it. */
    long bytesMoved;

    /** Tasks that wait for its result here. */
    private List<NodeTask> followers = List.of();

    // Guarded by this; a monitor that is taken last, for an assignment or an interrupt.
    private boolean cancelled;
    /** A slot has it. */
    private boolean begun;
    /** The thread in the user's method. */
    private @Nullable Thread thread;

    NodeTask(NodeWorkflow workflow, ToNode.RunTask order) {
        this.workflow = workflow;
        this.order = order;
        this.id = order.task();
        this.priority = order.priority();
        int count = order.inputs().size();
        this.inputs = count == 0 ? NO_INPUTS : new Object[count];
        this.present = count == 0 ? NONE_PRESENT : new boolean[count];
    }

    /** Less is first: the higher priority, then the lower number. */
    @Override
    public int compareTo(NodeTask other) {
        return priority == other.priority ? Long.compare(id, other.id) : Integer.compare(other.priority, priority);
    }

    /** A slot is about to run it; false when it was cancelled. */
    synchronized boolean begin() {
        begun = !cancelled;
        thread = begun ? Thread.currentThread() : null;
        return begun;
    }

    /** The slot has left the user's method and is not interrupted any more; tells whether the result is still wanted. */
    synchronized boolean leave() {
        thread = null;
        // Clears an interrupt that came while the method was returning.
        Thread.interrupted();
        return !cancelled;
    }

    /** Its result is of no use any more; interrupts the user's method. */
    synchronized void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Whether it will never begin. */
    synchronized boolean cancelUnlessBegun() {
        cancelled |= !begun;
        return !begun;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    void arrived(Fetch.Key key, @Nullable Object value) {
        for (int i = 0; i < inputs.length; i++) {
            if (order.inputs().get(i).value() == key.value()) {
                if (key.part() == Fetch.WHOLE) {
                    inputs[i] = value;
                    present[i] = true;
                } else {
                    if (parts == null) {
                        parts = new HashMap<>();
                    }
                    parts.put(partKey(i, key.part()), value);
                }
            }
        }
    }

    /** Has another task wait for its result. */
    void followedBy(NodeTask next) {
        if (followers.isEmpty()) {
            followers = new ArrayList<>(1);
        }
        followers.add(next);
        next.missing++;
    }

    /** Whether tasks wait for its result; asked by the slot that has run it, when no more can come. */
    boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** Those that wait and were not cancelled, who wait no more. */
    List<NodeTask> takeFollowers() {
        List<NodeTask> taken = followers;
        followers = List.of();
        return taken.isEmpty()
                ? taken
                : taken.stream().filter(task -> !task.isCancelled()).toList();
    }

    /** A part that was fetched alone. */
    @Nullable Object part(int input, int part) {
        Map<Long, @Nullable Object> fetched = parts;
        if (fetched == null || !fetched.containsKey(partKey(input, part))) {
            throw new IllegalStateException("input " + input + " of " + this + " has not arrived");
        }
        return fetched.get(partKey(input, part));
    }

    /** Runs it on this thread; the answer owed, or null when it was cancelled. */
    @Nullable ToDriver run() {
        return workflow.run(this);
    }

    private static long partKey(int input, int part) {
        return (long) input << 32 | part;
    }

    @Override
    public String toString() {
        return order.name() + "#" + id;
    }
}
