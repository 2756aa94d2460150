package dev.kiln.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what runs where and when. Told what happened, it says what to do; it knows nothing of threads or time, so the
 * same events always give the same commands. An event costs O(log n) in the ready tasks, but for the loss of a node,
 * which looks at every value once.
 *
 * <p>Not thread-safe: one thread owns a scheduler and all that it refers to.
 */
public final class Scheduler {

    /** Two nodes that cannot reach each other may make and miss a value for ever; after so many times it is enough. */
    private static final int MOST_MISSES = 10;

    private final Context context;
    private final Values values;
    private final Dispatch dispatch;
    private final Followers followers;
    private final Departures departures;
    private final Losses losses;
    /** Told while another event was being handled. */
    private final ArrayDeque<Event> next = new ArrayDeque<>();

    private boolean handling;

    /** With no nodes and no tasks. */
    public Scheduler(SchedulerOptions options) {
        context = new Context(options);
        values = new Values(context);
        var placement = new Placement(context);
        dispatch = new Dispatch(context, values, placement);
        followers = new Followers(context, placement);
        departures = new Departures(context, values, dispatch);
        losses = new Losses(context, values, dispatch);
    }

    /**
     * Takes in an event and hands out what is to be done for it, in order. Late, duplicate and stale answers of nodes
     * do no harm.
     *
     * <p>May be called from within {@code commands}; the event is then handled when the one before is done with, and its
     * commands go to the same consumer as that one's.
     *
     * @param commands called before this returns
     * @throws IllegalArgumentException when the event breaks the rules of its kind, such as a number used twice; nothing
     *     has changed then
     */
    public void handle(Event event, Consumer<Command> commands) {
        if (handling) {
            next.add(event);
            return;
        }
        handling = true;
        context.sendTo(commands);
        try {
            for (Event each = event; each != null; each = next.poll()) {
                handleOne(each);
                settle();
                while (departures.goOn()) {
                    settle();
                }
            }
        } finally {
            handling = false;
            next.clear();
        }
    }

    private void handleOne(Event event) {
        if (context.following > 0 && event instanceof Event.Answer answer) {
            Entry task = asked(answer);
            if (task != null && followers.keepEarly(event, task)) {
                return;
            }
            followers.releaseEarly(answer.task(), next::add);
        }
        switch (event) {
            case Event.TaskSubmitted(TaskSpec task) -> submitted(task);
            case Event.TaskFinished e -> finished(e);
            case Event.TaskFailed e -> failed(e);
            case Event.TaskReturned e -> returned(e);
            case Event.InputMissing e -> inputMissing(e);
            case Event.ReplicaStored(long value, int node) -> replicaStored(value, node);
            case Event.CopyFailed(long value, int node, int from) -> departures.failed(value, node, from);
            case Event.TaskRestored(TaskSpec task, long bytes, int place) -> restored(task, bytes, place);
            case Event.ValuePut e -> put(e);
            case Event.ValueWanted(long value) -> wanted(value);
            case Event.ValueDelivered(long value) -> delivered(value);
            case Event.DeliveryFailed(long value, int from) -> deliveryFailed(value, from);
            case Event.ValueReleased(long value) -> released(value);
            case Event.NodeJoined(int node, String name, int slots) -> joined(node, name, slots);
            case Event.NodeLeaving(int node) -> leaving(node);
            case Event.NodeLost(int node) -> lost(node);
        }
    }

    /** Does what follows from what was done, until nothing does. */
    private void settle() {
        while (true) {
            Entry entry;
            if ((entry = context.toFail.poll()) != null) {
                values.spreadFailure(entry);
            } else if ((entry = context.toRevive.poll()) != null) {
                if (entry.state == TaskState.WAITING) {
                    values.revive(entry);
                }
            } else if ((entry = context.toPlace.poll()) != null) {
                if (entry.state != TaskState.FAILED) {
                    dispatch.place(entry);
                }
            } else if ((entry = context.toBeFollowed.poll()) != null) {
                followers.follow(entry);
            } else if ((entry = context.toCheck.poll()) != null) {
                values.check(entry);
            } else {
                return;
            }
        }
    }

    private void submitted(TaskSpec spec) {
        Entry task = new Entry(spec.id(), spec, TaskState.WAITING);
        context.entries.add(task);
        context.submitted++;
        context.story.add(task, Story.What.SUBMITTED, spec.inputs().length);
        Failure failure = null;
        for (long id : spec.inputs()) {
            Entry input = context.entries.get(id);
            if (failure == null && input == null) {
                failure = new Failure(task.id, "its input #" + id + " was released before it was submitted");
            } else if (failure == null && input != null && input.state == TaskState.FAILED) {
                failure = Values.failureOf(input).of(task.id);
            }
        }
        String nowhere = failure == null ? dispatch.unknownNode(task) : null;
        if (nowhere != null) {
            failure = new Failure(task.id, nowhere);
        }
        if (failure == null) {
            values.startReading(task);
        }
        Entry old = spec.update() ? context.entries.get(spec.inputs()[0]) : null;
        if (old != null) {
            release(old);
        }
        if (failure == null) {
            values.awaitInputs(task);
        } else {
            values.fail(task, failure);
        }
    }

    private void restored(TaskSpec spec, long bytes, int place) {
        if (!Restored.canBeMadeAgain(spec, context)) {
            submitted(spec); // and fails in the way of every other
            return;
        }
        Restored.add(spec, bytes, place, context, values);
        if (spec.update()) {
            release(context.existing(spec.inputs()[0]));
        }
    }

    private void put(Event.ValuePut event) {
        Entry value = new Entry(event.value(), null, TaskState.DONE);
        context.entries.add(value);
        context.story.add(value, Story.What.PUT, event.holder());
        value.bytes = event.bytes();
        value.shard = event.shard();
        value.inCache = event.holder() == Places.CACHE || event.shard() >= 0;
        value.atDriver = event.holder() == Places.DRIVER;
        value.announced = true;
        if (context.nodes.get(event.holder()) != null) {
            value.addHolder(event.holder());
        }
        if (value.anywhere()) {
            context.emit(new Command.ValueAvailable(value.id));
        } else {
            values.forgetCopy(value, event.holder());
        }
    }

    /** The task that an answer is about, if the answer is to what was asked last. */
    private @Nullable Entry answered(Event.Answer answer) {
        Entry task = asked(answer);
        Entry known = task == null ? context.entries.get(answer.task()) : null;
        if (known != null) {
            context.story.add(known, Story.What.STALE, answer.node());
        }
        return task;
    }

    private @Nullable Entry asked(Event.Answer answer) {
        Entry task = context.entries.get(answer.task());
        boolean last = task != null
                && task.state == TaskState.RUNNING
                && task.attempt == answer.attempt()
                && task.node == answer.node();
        return last ? task : null;
    }

    private void finished(Event.TaskFinished event) {
        Entry task = answered(event);
        if (task == null) {
            freeStray(event.task(), event.node());
            Entry known = context.entries.get(event.task());
            if (event.withDriver() && (known == null || !known.atDriver)) {
                context.emit(new Command.DropValue(Places.DRIVER, event.task()));
            }
            return;
        }
        Node node = context.nodes.alive(event.node());
        dispatch.returned(task, node);
        node.took(event.nanos());
        node.finished++;
        context.story.add(task, Story.What.FINISHED, event.node());
        task.stray = false;
        task.state = TaskState.DONE;
        task.bytes = event.bytes();
        task.addHolder(event.node());
        if (task.spec != null && task.spec.target() instanceof Target.Shard(int shard)) {
            task.shard = shard;
            task.inCache = true;
        }
        if (event.withDriver()) {
            task.atDriver = true;
        }
        endInPlace(task);
        values.stopReading(task);
        if (task.atDriver) {
            values.unlink(task);
        }
        if (!task.announced) {
            task.announced = true;
            context.done++;
            context.emit(new Command.ValueAvailable(task.id));
        }
        values.becameAvailable(task);
        settle();
        goOn(node);
    }

    private void endInPlace(Entry task) {
        if (task.inPlace) {
            task.inPlace = false;
            values.consumed(context.existing(task.inputs()[0]), task);
        }
    }

    /** An update did not begin. */
    private void changesNothing(Entry task) {
        if (task.inPlace) {
            task.inPlace = false;
            values.notConsumed(context.existing(task.inputs()[0]));
        }
    }

    private void goOn(Node node) {
        followers.followMore(node);
        dispatch.pump(node);
        dispatch.takeOver(node);
        dispatch.employIdle();
    }

    private void returned(Event.TaskReturned event) {
        Entry task = answered(event);
        if (task == null) {
            return;
        }
        Node node = context.nodes.alive(event.node());
        dispatch.returned(task, node);
        context.story.add(task, Story.What.RETURNED, event.node());
        noResult(task);
        task.state = TaskState.WAITING;
        changesNothing(task);
        values.awaitInputs(task);
        settle();
        goOn(node);
    }

    /** A node has a value that nobody expects there, unless it is about to. */
    private void freeStray(long value, int node) {
        Entry entry = context.entries.get(value);
        if (context.nodes.get(node) == null || (entry != null && entry.heldBy(node))) {
            return;
        }
        if (entry != null && entry.state == TaskState.RUNNING && entry.node == node) {
            // Freeing it now could hit the result of this run; so later, if there is to be none.
            entry.stray = true;
        } else {
            context.emit(new Command.DropValue(node, value));
        }
    }

    /** A run ended without a result. */
    private void noResult(Entry task) {
        if (task.stray) {
            task.stray = false;
            context.emit(new Command.DropValue(task.node, task.id));
        }
    }

    private void failed(Event.TaskFailed event) {
        Entry task = answered(event);
        if (task == null) {
            return;
        }
        Node node = context.nodes.alive(event.node());
        dispatch.returned(task, node);
        context.story.add(task, Story.What.THREW, event.node());
        noResult(task);
        task.failedOn = event.node();
        endInPlace(task);
        if (task.retriesLeft > 0) {
            task.retriesLeft--;
            context.repeated++;
            values.awaitInputs(task);
        } else {
            values.fail(task, new Failure(task.id, event.reason()));
        }
        settle();
        goOn(node);
    }

    private void inputMissing(Event.InputMissing event) {
        Entry task = answered(event);
        if (task == null) {
            return;
        }
        Node node = context.nodes.alive(event.node());
        dispatch.returned(task, node);
        context.story.add(task, Story.What.INPUT_MISSING, event.value());
        noResult(task);
        // It has to wait again before the copy is forgotten, so that it counts among those who need the value.
        task.state = TaskState.WAITING;
        copyMissing(context.existing(event.value()), event.from() == Places.HERE ? event.node() : event.from());
        changesNothing(task);
        if (++task.misses < MOST_MISSES) {
            values.awaitInputs(task);
        } else {
            values.fail(
                    task,
                    new Failure(
                            task.id,
                            "its input #" + event.value() + " could not be brought to node " + node.name
                                    + "; that was tried " + task.misses + " times"));
        }
        settle();
        goOn(node);
    }

    /** A place that is said to have no copy is made to have none: it may have got one since that was found out. */
    private void copyMissing(Entry value, int place) {
        if (place >= 0 ? value.heldBy(place) : place == Places.CACHE && value.inCache) {
            context.emit(new Command.DropValue(place, value.id));
        }
        values.forgetCopy(value, place);
    }

    private void replicaStored(long value, int node) {
        Entry entry = context.entries.get(value);
        departures.arrived(value, node);
        if (context.nodes.get(node) == null) {
            return;
        }
        if (entry != null && entry.available() && (entry.needed() || (entry.isPut() && entry.lineage > 0))) {
            entry.addHolder(node);
            context.story.add(entry, Story.What.COPIED, node);
        } else {
            freeStray(value, node);
        }
    }

    private void wanted(long value) {
        Entry entry = context.entries.get(value);
        if (entry == null) {
            context.emit(new Command.ValueFailed(value, List.of(value), "value #" + value + " was released"));
        } else {
            values.want(entry);
        }
    }

    private void delivered(long value) {
        Entry entry = context.entries.get(value);
        if (entry != null && entry.delivering > 0) {
            context.story.add(entry, Story.What.DELIVERED, 0);
            entry.delivering--;
            entry.wanted--;
            context.toCheck.add(entry);
        }
    }

    private void deliveryFailed(long value, int from) {
        Entry entry = context.entries.get(value);
        if (entry != null && entry.delivering > 0) {
            entry.delivering--;
            copyMissing(entry, from);
            if (entry.state != TaskState.FAILED) {
                values.wantAgain(entry);
            }
        }
    }

    private void released(long value) {
        Entry entry = context.entries.get(value);
        if (entry != null) {
            release(entry);
        }
    }

    private void release(Entry value) {
        if (!value.released) {
            value.released = true;
            context.story.add(value, Story.What.RELEASED, 0);
            context.toCheck.add(value);
        }
    }

    private void joined(int number, String name, int slots) {
        Node node = context.nodes.join(number, name, slots);
        dispatch.joined(node);
        settle();
        dispatch.employIdle();
    }

    private void leaving(int number) {
        Node node = context.nodes.get(number);
        if (node != null && !node.leaving) {
            departures.begin(node);
        }
    }

    private void lost(int number) {
        Node node = context.nodes.get(number);
        if (node != null) {
            departures.lost(number);
            losses.lost(node);
            followers.releaseAllEarly(next::add);
        }
    }

    /**
     * The tasks whose values a checkpoint has to have, so that none that is done now need run again: those that are read
     * by unfinished ones, or that the program can still use. In place of a value that a running update changes, the update.
     *
     * @param usable whether the program can still use a value that it has not released
     */
    public long[] frontier(LongPredicate usable) {
        return Restored.frontier(context, usable);
    }

    /** What was done so far. */
    public Counts counts() {
        return context.counts();
    }

    /** What each node that is up has to do and has done, by its number. */
    public List<NodeLoad> loads() {
        return context.nodes.list().stream().map(Node::summary).toList();
    }

    /** Numbers of the nodes that hold a value now; empty when none does or it is not known. */
    public int[] holders(long value) {
        Entry entry = context.entries.get(value);
        return entry == null ? new int[0] : entry.holders();
    }

    /** Where a task or value stands, or null when it is forgotten or never was. */
    public @Nullable TaskState state(long task) {
        Entry entry = context.entries.get(task);
        return entry == null ? null : entry.state;
    }

    /** How many tasks and values are remembered. */
    public int remembered() {
        return context.entries.size();
    }

    /** The latest that happened to a task or value, a line each, as far as options keep it; for people to read. */
    public String story(long task) {
        Entry entry = context.entries.get(task);
        String head = entry == null ? "#" + task + " (forgotten)" : entry.label() + " is " + entry.state;
        return head + "\n" + context.story.of(task, context.nodes);
    }

    /**
     * Checks every invariant, which takes time in proportion to all that is remembered.
     *
     * @throws IllegalStateException when one does not hold, with the story of the task at fault
     */
    public void validate() {
        new Invariants(context, dispatch, this::story).check();
    }
}
