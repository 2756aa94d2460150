package dev.kiln.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends a task behind another that is with a node already, when all that it waits for is that one's result: the node
 * begins it as soon as that exists, and a chain of tasks there does not wait for a message each way at every step.
 *
 * <p>A task that follows is RUNNING, as it is with the node, and {@link Entry#ahead} is the one before it. Until that has
 * its result it counts neither as load of the node nor against what may be sent there. It stays among the waiters of
 * that result, which makes it a task like any other that was sent. When there is to be no result of that attempt the
 * node gives the task back, and it waits again.
 */
final class Followers {

    private final Context context;
    private final Placement placement;
    /** Answers about tasks that overtook the answer about the one before, by the number of that one. */
    private final Map<Long, List<Event>> early = new LinkedHashMap<>();

    Followers(Context context, Placement placement) {
        this.context = context;
        this.placement = placement;
    }

    /** Sends the one task that waits for this one behind it, if that is of use and allowed. */
    void follow(Entry first) {
        Node node = first.state == TaskState.RUNNING ? context.nodes.get(first.node) : null;
        if (node == null || node.leaving || first.readers != 1 || first.waiterCount() != 1) {
            return;
        }
        Entry task = first.waiters()[0];
        if (task.state != TaskState.WAITING || !mayFollow(task, first, node)) {
            return;
        }
        if (node.following < node.limit(context.options)) {
            send(task, first, node);
        } else {
            node.toBeFollowed.add(first);
        }
    }

    /** Fewer follow on this node than did. */
    void followMore(Node node) {
        int room = node.limit(context.options) - node.following;
        for (; room > 0 && !node.toBeFollowed.isEmpty(); room--) {
            context.toBeFollowed.add(node.toBeFollowed.remove());
        }
    }

    private boolean mayFollow(Entry task, Entry first, Node node) {
        if (task.missing != 1
                || task.failedOn == node.number
                || first.asked
                || task.spec == null
                || first.spec == null
                || first.spec.target() instanceof Target.Shard) { // it is to be stored before it is answered for
            return false;
        }
        boolean here = switch (task.spec.target()) {
            case Target.Anywhere _ -> true;
            case Target.Near(long value) -> value == first.id;
            case Target.Node(String name) -> name.equals(node.name);
            case Target.Shard _ -> false;
        };
        if (!here) {
            return false;
        }
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            if (input != first && !(input.available() && (input.heldBy(node.number) || input.atDriver))) {
                return false;
            }
        }
        return true;
    }

    private void send(Entry task, Entry first, Node node) {
        task.state = TaskState.RUNNING;
        task.node = node.number;
        task.attempt++;
        task.ahead = first;
        task.aheadAttempt = first.attempt;
        task.inPlaceLater = mayChange(task, first);
        node.addSent(task);
        node.following++;
        context.following++;
        context.running++;
        long[] inputs = task.inputs();
        int[] from = new int[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            from[k] =
                    inputs[k] == first.id ? Places.COMING : placement.source(context.existing(inputs[k]), node.number);
        }
        context.story.add(task, Story.What.SENT_BEHIND, first.id);
        context.emit(new Command.RunTask(node.number, task.id, task.attempt, task.inPlaceLater, from));
        context.mayBeFollowed(task);
    }

    /** As an update of what exists may change it in place; that only this node will have it goes without saying. */
    private static boolean mayChange(Entry task, Entry first) {
        return task.spec != null
                && task.spec.update()
                && task.spec.retries() == 0
                && task.inputs()[0] == first.id
                && !first.exposed
                && first.released
                && first.wanted == 0;
    }

    /** The value that a task was sent to wait for exists. */
    static void resultExists(Entry task, Entry first, Context context) {
        task.missing = 0;
        if (task.state != TaskState.RUNNING || task.aheadAttempt != first.attempt) {
            return; // of a later attempt: the node will give the task back
        }
        Node node = context.nodes.alive(task.node);
        node.following--;
        context.following--;
        context.nodes.loadChanged(node);
        task.ahead = null;
        if (task.inPlaceLater) {
            task.inPlaceLater = false;
            if (!first.atDriver) {
                task.inPlace = true;
                first.consumer = task;
            }
        }
    }

    /** The task is no longer with its node. */
    static void leave(Entry task, Node node, Context context) {
        if (task.ahead != null) {
            task.ahead.removeWaiter(task);
            task.ahead = null;
            task.inPlaceLater = false;
            task.missing = 0;
            node.following--;
            context.following--;
        }
    }

    /**
     * Keeps an answer about a task for as long as the one before it, which must have been answered before, seems to be
     * running; tells whether it does.
     */
    boolean keepEarly(Event event, Entry task) {
        Entry first = task.ahead;
        if (first == null
                || first.state != TaskState.RUNNING
                || first.node != task.node
                || first.attempt != task.aheadAttempt) {
            return false;
        }
        early.computeIfAbsent(first.id, id -> new ArrayList<>()).add(event);
        return true;
    }

    /** A task was answered for: now for the answers that overtook that one. */
    void releaseEarly(long first, Consumer<Event> again) {
        if (!early.isEmpty()) {
            List<Event> kept = early.remove(first);
            if (kept != null) {
                kept.forEach(again);
            }
        }
    }

    /** A node was lost, which ends what ran there without an answer. */
    void releaseAllEarly(Consumer<Event> again) {
        List<List<Event>> kept = new ArrayList<>(early.values());
        early.clear();
        kept.forEach(events -> events.forEach(again));
    }
}
