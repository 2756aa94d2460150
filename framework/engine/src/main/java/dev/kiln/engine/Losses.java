package dev.kiln.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What follows from the loss of a node: its copies are gone, and what it ran runs elsewhere. */
final class Losses {

    private final Context context;
    private final Values values;
    private final Dispatch dispatch;

    Losses(Context context, Values values, Dispatch dispatch) {
        this.context = context;
        this.values = values;
        this.dispatch = dispatch;
    }

    void lost(Node node) {
        context.nodes.lose(node);
        for (Entry value : context.entries.heldBy(node.number)) {
            value.consumer = null;
            values.forgetCopy(value, node.number);
        }
        dispatch.awaitWhatIsGone();
        dispatch.requeue(node);
        List<Entry> sent = node.sentTasks();
        blame(sent, node);
        for (Entry task : sent) {
            dispatch.returned(task, node);
            context.story.add(task, Story.What.NODE_LOST, node.number);
            task.inPlace = false;
            task.stray = false;
            context.repeated++;
            if (task.losses >= context.options.maxNodeLosses()) {
                values.fail(
                        task,
                        new Failure(
                                task.id,
                                "lost with its node " + task.losses + " times, the last time with node " + node.name
                                        + "; it is not tried again, as it may be what takes the nodes down"));
            } else {
                values.awaitInputs(task);
            }
        }
    }

    /** Of what was sent to a lost node, it was running what it had slots for; the rest is innocent. */
    private static void blame(List<Entry> sent, Node node) {
        List<Entry> order = new ArrayList<>(sent);
        order.removeIf(task -> task.ahead != null);
        order.sort(Comparator.comparingInt(task -> -task.priority()));
        for (Entry task : order.subList(0, Math.min(node.slots, order.size()))) {
            task.losses++;
        }
    }
}
