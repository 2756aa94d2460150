package dev.kiln.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/** A scheduler that is told events and remembers its commands as text, for tests that read as a story. */
public final class Script {

    private final Scheduler scheduler;
    private final List<Command> commands = new ArrayList<>();

    public Script(SchedulerOptions options) {
        scheduler = new Scheduler(options);
    }

    /** One that knows of so many nodes of one slot. */
    static Script cluster(int nodes, SchedulerOptions options) {
        var script = new Script(options);
        for (int n = 0; n < nodes; n++) {
            script.on(join(n, 1));
        }
        return script;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** Tells an event, checks every invariant, and expects exactly these commands. */
    public Script on(Event event, String... expected) {
        commands.clear();
        scheduler.handle(event, commands::add);
        scheduler.validate();
        assertEquals(
                List.of(expected), commands.stream().map(Script::text).toList(), () -> "the commands for " + event);
        return this;
    }

    /** The same, whatever the commands are. */
    public List<Command> tell(Event event) {
        commands.clear();
        scheduler.handle(event, commands::add);
        scheduler.validate();
        return List.copyOf(commands);
    }

    static String place(int place) {
        return switch (place) {
            case Places.HERE -> "here";
            case Places.CACHE -> "cache";
            case Places.DRIVER -> "driver";
            case Places.CHECKPOINT -> "checkpoint";
            case Places.COMING -> "coming";
            default -> "n" + place;
        };
    }

    static String text(Command command) {
        return switch (command) {
            case Command.RunTask c -> {
                var from = new StringBuilder();
                for (int place : c.from()) {
                    from.append(' ').append(place(place));
                }
                yield "run " + c.task() + "." + c.attempt() + " on n" + c.node() + (c.inPlace() ? " in place" : "")
                        + (from.isEmpty() ? "" : " from" + from);
            }
            case Command.TakeBack c -> "take back " + c.task() + "." + c.attempt() + " from n" + c.node();
            case Command.CopyValue c -> "copy " + c.value() + " to n" + c.node() + " from n" + c.from();
            case Command.NodeLeft c -> "left n" + c.node();
            case Command.CancelTask c -> "cancel " + c.task() + "." + c.attempt() + " on n" + c.node();
            case Command.DropValue c -> "drop " + c.value() + " at " + place(c.place());
            case Command.ValueAvailable c -> "available " + c.value();
            case Command.ValueFailed c -> "failed " + c.value() + " " + c.chain() + ": " + c.reason();
            case Command.Deliver c -> "deliver " + c.value() + " from " + place(c.from());
            case Command.TaskForgotten c -> "forgotten " + c.task();
        };
    }

    // Events, short.

    public static Event join(int node, int slots) {
        return new Event.NodeJoined(node, "n" + node, slots);
    }

    public static Event lose(int node) {
        return new Event.NodeLost(node);
    }

    public static Event leave(int node) {
        return new Event.NodeLeaving(node);
    }

    public static Event copied(long value, int node) {
        return new Event.ReplicaStored(value, node);
    }

    public static Event notCopied(long value, int node, int from) {
        return new Event.CopyFailed(value, node, from);
    }

    public static Event task(long id, long... inputs) {
        return submit(id, false, Target.Anywhere.INSTANCE, 0, 0, inputs);
    }

    public static Event update(long id, long... inputs) {
        return submit(id, true, Target.Anywhere.INSTANCE, 0, 0, inputs);
    }

    public static Event retried(long id, int retries, long... inputs) {
        return submit(id, false, Target.Anywhere.INSTANCE, retries, 0, inputs);
    }

    public static Event on(Target target, long id, long... inputs) {
        return submit(id, false, target, 0, 0, inputs);
    }

    public static Event submit(long id, boolean update, Target target, int retries, int priority, long... inputs) {
        return new Event.TaskSubmitted(new TaskSpec(id, "t", inputs, update, target, retries, priority));
    }

    public static Event done(long task, int attempt, int node, long bytes) {
        return new Event.TaskFinished(task, attempt, node, bytes, false, 0);
    }

    public static Event doneSmall(long task, int attempt, int node) {
        return new Event.TaskFinished(task, attempt, node, 8, true, 0);
    }

    public static Event took(long task, int attempt, int node, long nanos) {
        return new Event.TaskFinished(task, attempt, node, 8, true, nanos);
    }

    public static Event gaveBack(long task, int attempt, int node) {
        return new Event.TaskReturned(task, attempt, node);
    }

    public static Event threw(long task, int attempt, int node) {
        return new Event.TaskFailed(task, attempt, node, "boom");
    }

    public static Event missing(long task, int attempt, int node, long value, int from) {
        return new Event.InputMissing(task, attempt, node, value, from);
    }

    public static Event put(long value, long bytes, int holder) {
        return new Event.ValuePut(value, bytes, holder, -1);
    }

    public static Event want(long value) {
        return new Event.ValueWanted(value);
    }

    public static Event delivered(long value) {
        return new Event.ValueDelivered(value);
    }

    public static Event release(long value) {
        return new Event.ValueReleased(value);
    }
}
