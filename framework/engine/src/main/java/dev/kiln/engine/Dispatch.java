package dev.kiln.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queues ready tasks at nodes, sends them, and lets a node that runs dry take over ready tasks from the node with the
 * longest queue.
 */
final class Dispatch {

    private static final int[] NOWHERE_ELSE = {};
    /** So many of the first in another node's queue are looked at for the one that is cheapest to take over. */
    private static final int LOOK_AT = 4;
    /** So many of those sent last to a node are looked at for some to be asked for back. */
    private static final int LOOK_BACK = 64;

    private final Context context;
    private final Values values;
    private final Placement placement;
    /** Ready, with no node to queue at. */
    final ReadyQueue homeless = new ReadyQueue();

    Dispatch(Context context, Values values, Placement placement) {
        this.context = context;
        this.values = values;
        this.placement = placement;
    }

    /** Queues a task whose inputs existed a moment ago, and sends what can be sent. */
    void place(Entry task) {
        Node node = placement.choose(task);
        task.state = TaskState.READY;
        if (node == null) {
            String reason = unknownNode(task);
            if (reason != null) {
                values.fail(task, new Failure(task.id, reason));
                return;
            }
            context.story.add(task, Story.What.HOMELESS, 0);
            task.node = -1;
            homeless.add(task);
            return;
        }
        task.node = node.number;
        context.story.add(task, Story.What.QUEUED, node.number);
        (Placement.pinned(task) ? node.pinned : node.free).add(task);
        context.nodes.loadChanged(node);
        pump(node);
    }

    /** Why a task pinned to a name cannot run, or null if that may change or it is not pinned to one. */
    @Nullable String unknownNode(Entry task) {
        if (task.spec == null
                || !(task.spec.target() instanceof Target.Node(String name))
                || !context.nodes.complete()
                || context.nodes.alive() == 0
                || context.nodes.named(name) != null) {
            return null;
        }
        var names = new java.util.StringJoiner(", ");
        context.nodes.list().forEach(node -> names.add(node.name));
        return "no node named " + name + "; there are " + names;
    }

    /** A node joined: it can take what had nowhere to go, and more. */
    void joined(Node node) {
        takeHomeless();
        takeOver(node);
    }

    private void takeHomeless() {
        for (Entry task = homeless.first(); task != null; task = homeless.first()) {
            homeless.remove(task);
            context.toPlace.add(task);
        }
    }

    /** Puts elsewhere what need not run on a node that is to leave, and asks back what it has not begun. */
    void evacuate(Node leaving) {
        List<Entry> queued = new ArrayList<>(leaving.free.all());
        queued.addAll(leaving.pinned.all());
        for (Entry task : queued) {
            if (!named(task)) {
                leaving.unqueue(task);
                values.awaitInputs(task);
            }
        }
        for (Entry task : leaving.sentTasks()) {
            if (!task.asked && !task.inPlace && !named(task)) {
                ask(task, leaving);
            }
        }
    }

    /** Whether the program named the node that it is to run on. */
    static boolean named(Entry task) {
        return task.spec != null && task.spec.target() instanceof Target.Node;
    }

    private void ask(Entry task, Node node) {
        task.asked = true;
        task.wasAsked = true;
        node.asked++;
        context.story.add(task, Story.What.ASKED, node.number);
        context.emit(new Command.TakeBack(node.number, task.id, task.attempt));
    }

    /** Puts all that was queued at a lost node elsewhere. */
    void requeue(Node lost) {
        for (Entry task = lost.firstQueued(); task != null; task = lost.firstQueued()) {
            lost.unqueue(task);
            values.awaitInputs(task);
        }
    }

    /**
     * After a loss, lets those that are not sent yet wait for what they now lack, so that all of it is made again at
     * once. A single copy that turns out to be missing does not pay for this look at every task: there a task finds out
     * when its turn comes.
     */
    void awaitWhatIsGone() {
        List<Entry> gone = new ArrayList<>();
        List<Entry> hopeless = new ArrayList<>();
        context.entries.forEach(task -> {
            boolean queued = task.state == TaskState.READY && (task.node < 0 || context.nodes.get(task.node) != null);
            if (!queued && !(task.state == TaskState.WAITING && task.reading)) {
                return; // not there to wait; or about to be revived, and then it looks for itself
            }
            int lacking = 0;
            boolean hope = true;
            for (long id : task.inputs()) {
                Entry input = context.existing(id);
                // What is GONE here is so since this event, as nobody waits for a value that is GONE.
                if (input.state == TaskState.GONE) {
                    input.addWaiter(task);
                    gone.add(input);
                    lacking++;
                } else if (input.state == TaskState.FAILED) {
                    hope = false;
                }
            }
            if (queued && (lacking > 0 || !hope)) {
                unqueue(task);
                task.state = TaskState.WAITING;
            }
            task.missing += lacking;
            if (!hope) {
                hopeless.add(task);
            }
        });
        gone.forEach(values::need);
        // The reason is that of the first input that failed.
        hopeless.forEach(values::awaitInputs);
    }

    private void unqueue(Entry task) {
        Node node = context.nodes.get(task.node);
        if (node == null) {
            homeless.remove(task);
        } else {
            node.unqueue(task);
            context.nodes.loadChanged(node);
        }
    }

    /** Sends what may be sent to a node; if it has nothing left, it takes over what others have queued. */
    void pump(Node node) {
        int limit = node.limit(context.options);
        for (Entry task = node.firstQueued(); task != null && node.inHand() < limit; task = node.firstQueued()) {
            node.unqueue(task);
            sendIfReady(task, node);
        }
        context.nodes.loadChanged(node);
    }

    void takeOver(Node node) {
        if (node.leaving) {
            return;
        }
        int enough = enough(node);
        while (node.inHand() < enough && node.queued() == 0) {
            Node victim = context.nodes.longestQueue();
            Entry task = victim == null ? null : cheapestToTake(victim, node);
            if (victim == null || task == null) {
                return;
            }
            victim.free.remove(task);
            context.nodes.loadChanged(victim);
            sendIfReady(task, node);
            context.nodes.loadChanged(node);
        }
    }

    /** One task more than the slots need, so that the next is there when one ends; of short tasks more. */
    private int enough(Node node) {
        int limit = node.limit(context.options);
        int usual = node.slots * context.options.depth();
        return limit > usual ? Math.max(node.slots + 1, limit / 2) : Math.min(node.slots + 1, limit);
    }

    /**
     * Where a node has nothing to do while tasks that were sent to another wait there for a slot, some of them are asked
     * for back: those sent last, as they would wait longest. What has begun meanwhile is not given back.
     */
    void employIdle() {
        Node idle = context.nodes.leastLoaded(-1);
        if (idle == null || idle.load() > 0 || context.nodes.alive() == 1) {
            return;
        }
        Node victim = context.nodes.longestBacklog();
        if (victim == null) {
            return;
        }
        // Worth it only when waiting there takes longer than the way here.
        long wait = victim.nanosFor(victim.spare());
        if (wait <= 2 * context.options.fetchNanos()) {
            return;
        }
        int wanted = Math.min((victim.spare() + 1) / 2, enough(idle));
        for (Entry task : victim.someSentLast(LOOK_BACK)) {
            if (wanted == 0) {
                return;
            }
            boolean may = !task.wasAsked
                    && !task.inPlace
                    && !Placement.pinned(task)
                    && task.failedOn != idle.number
                    && placement.moveNanos(task, idle) < wait;
            if (may) {
                ask(task, victim);
                wanted--;
            }
        }
    }

    /** The one that costs the least to move, if that costs less than to wait where it is. */
    private @Nullable Entry cheapestToTake(Node victim, Node taker) {
        Entry best = null;
        long bestCost = victim.waitNanos();
        for (Entry task : victim.free.someOfTheFirst(LOOK_AT)) {
            long cost = placement.moveNanos(task, taker);
            if (task.failedOn != taker.number && (best == null ? cost <= bestCost : cost < bestCost)) {
                best = task;
                bestCost = cost;
            }
        }
        return best;
    }

    private void sendIfReady(Entry task, Node node) {
        for (long id : task.inputs()) {
            if (!context.existing(id).available()) {
                values.awaitInputs(task);
                return;
            }
        }
        send(task, node);
    }

    private void send(Entry task, Node node) {
        task.state = TaskState.RUNNING;
        task.node = node.number;
        task.attempt++;
        node.addSent(task);
        context.running++;
        long[] inputs = task.inputs();
        task.inPlace = mayChangeInPlace(task, node);
        int[] from = inputs.length == 0 ? NOWHERE_ELSE : new int[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            from[k] = placement.source(context.existing(inputs[k]), node.number);
        }
        if (task.inPlace) {
            context.existing(inputs[0]).consumer = task;
        }
        context.story.add(task, task.inPlace ? Story.What.SENT_IN_PLACE : Story.What.SENT, node.number);
        context.emit(new Command.RunTask(node.number, task.id, task.attempt, task.inPlace, from));
        if (task.waiterCount() == 1) {
            context.mayBeFollowed(task);
        }
    }

    /**
     * An update may change the old version itself only when nobody else could ever see it: this node alone has it, no
     * other task or get waits for it, no get was handed the very object, and it can be made again if this goes wrong.
     */
    private boolean mayChangeInPlace(Entry task, Node node) {
        if (task.spec == null || !task.spec.update() || task.spec.retries() > 0) {
            return false;
        }
        Entry old = context.existing(task.spec.inputs()[0]);
        return !node.leaving
                && !old.isPut()
                && !old.exposed
                && old.released
                && old.readers == 1
                && old.wanted == 0
                && old.heldOnlyBy(node.number);
    }

    /** The task is no longer with its node. */
    void returned(Entry task, Node node) {
        Followers.leave(task, node, context);
        node.removeSent(task);
        context.running--;
        context.nodes.loadChanged(node);
    }
}
