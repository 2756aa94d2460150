package dev.kiln.engine;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** What the parts of one scheduler share: the tables, the way out, and what is still to be done for this event. */
final class Context {

    final SchedulerOptions options;
    final EntryTable entries = new EntryTable();
    final Nodes nodes;
    final Story story;

    /** Values that are needed and GONE. */
    final ArrayDeque<Entry> toRevive = new ArrayDeque<>();
    /** Tasks all of whose inputs exist. */
    final ArrayDeque<Entry> toPlace = new ArrayDeque<>();
    /** Running tasks that another may be sent behind. */
    final ArrayDeque<Entry> toBeFollowed = new ArrayDeque<>();
    /** What failed and has not told its readers. */
    final ArrayDeque<Entry> toFail = new ArrayDeque<>();
    /** Values that perhaps nobody needs any more. */
    final ArrayDeque<Entry> toCheck = new ArrayDeque<>();

    private Consumer<Command> out = command -> {};

    long submitted;
    long done;
    long failed;
    long running;
    long following;
    long repeated;
    long restored;

    Context(SchedulerOptions options) {
        this.options = options;
        this.nodes = new Nodes(options.founders(), options.taskNanos());
        this.story = new Story(options.stories());
    }

    void sendTo(Consumer<Command> commands) {
        this.out = commands;
    }

    void emit(Command command) {
        out.accept(command);
    }

    /** A running task may have another sent behind it, if its node is reached by messages. */
    void mayBeFollowed(Entry running) {
        if (options.reachNanos() > 0 && options.aheadNanos() > 0 && running.node != options.ownNode()) {
            toBeFollowed.add(running);
        }
    }

    /** An entry that a registered reader relies on. */
    Entry existing(long id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalStateException("#" + id + " was forgotten while a task could still need it");
        }
        return entry;
    }

    Counts counts() {
        return new Counts(submitted, done, failed, running, repeated, restored);
    }
}
