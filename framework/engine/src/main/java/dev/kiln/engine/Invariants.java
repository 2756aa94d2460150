package dev.kiln.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** Every invariant of a scheduler between two events, written out. */
final class Invariants {

    private final Context context;
    private final Dispatch dispatch;
    private final LongFunction<String> story;

    /** How often each entry is found in a queue or among what was sent. */
    private final Map<Entry, Integer> places = new HashMap<>();

    private final Map<Entry, int[]> readersAndLineage = new HashMap<>();
    private long running;

    Invariants(Context context, Dispatch dispatch, LongFunction<String> story) {
        this.context = context;
        this.dispatch = dispatch;
        this.story = story;
    }

    void check() {
        context.nodes.list().forEach(this::checkNode);
        checkQueue(dispatch.homeless, -1);
        context.entries.forEach(this::count);
        context.entries.forEach(this::checkEntry);
        if (running != context.running) {
            throw new IllegalStateException(context.running + " tasks count as running, " + running + " are");
        }
        if (!context.toPlace.isEmpty()
                || !context.toCheck.isEmpty()
                || !context.toFail.isEmpty()
                || !context.toRevive.isEmpty()
                || !context.toBeFollowed.isEmpty()) {
            throw new IllegalStateException("something is left to be done");
        }
    }

    private void checkNode(Node node) {
        int sent = 0;
        int following = 0;
        for (Entry task : node.sentTasks()) {
            require(task, task.state == TaskState.RUNNING && task.node == node.number, "is sent but not running");
            places.merge(task, 1, Integer::sum);
            sent++;
            following += task.ahead == null ? 0 : 1;
        }
        running += sent;
        // When tasks turn out to take longer than they did, there may be more with a node than there may be from now
        // on.
        int most = node.slots * Math.max(context.options.depth(), SchedulerOptions.MOST_AHEAD);
        if (following != node.following || following > most) {
            throw new IllegalStateException("node " + node.name + " counts " + node.following + " that follow, has "
                    + following + " and may have " + most);
        }
        if (sent != node.sent || sent - following > most) {
            throw new IllegalStateException(
                    "node " + node.name + " counts " + node.sent + " sent, has " + sent + " and may have " + most);
        }
        long asked = node.sentTasks().stream().filter(task -> task.asked).count();
        if (asked != node.asked) {
            throw new IllegalStateException(
                    "node " + node.name + " counts " + node.asked + " tasks asked for back, has " + asked);
        }
        if (node.queued() > 0 && node.inHand() < node.limit(context.options)) {
            throw new IllegalStateException("node " + node.name + " has room and a queue");
        }
        checkQueue(node.pinned, node.number);
        checkQueue(node.free, node.number);
        Node least = context.nodes.leastLoaded(-1);
        if (!node.leaving && (least == null || Nodes.less(node, least))) {
            throw new IllegalStateException("node " + node.name + " is less loaded than the least loaded");
        }
    }

    private void checkQueue(ReadyQueue queue, int number) {
        Entry first = queue.first();
        int found = 0;
        for (Entry task : queue.all()) {
            require(task, task.state == TaskState.READY && task.node == number, "is queued but not ready here");
            require(task, queue.contains(task), "is queued where it is not found");
            require(task, first != null && !ReadyQueue.before(task, first), "is queued behind a later one");
            places.merge(task, 1, Integer::sum);
            found++;
        }
        if (found != queue.size()) {
            throw new IllegalStateException("a queue counts " + queue.size() + " tasks and has " + found);
        }
    }

    private int[] counts(Entry entry) {
        return readersAndLineage.computeIfAbsent(entry, e -> new int[2]);
    }

    private void count(Entry task) {
        if (task.reading || task.linked) {
            for (long id : task.inputs()) {
                Entry input = context.entries.get(id);
                if (input == null) {
                    throw broken(task, "needs #" + id + ", which is forgotten");
                }
                counts(input)[0] += task.reading ? 1 : 0;
                counts(input)[1] += task.linked ? 1 : 0;
            }
        }
    }

    private void checkEntry(Entry entry) {
        int[] expected = counts(entry);
        require(entry, entry.readers == expected[0], "counts other readers than it has");
        require(entry, entry.lineage == expected[1], "counts other dependents than it has");
        require(entry, entry.wanted >= entry.delivering && entry.delivering >= 0, "is delivered unasked");
        boolean queued = entry.state == TaskState.READY || entry.state == TaskState.RUNNING;
        require(entry, places.getOrDefault(entry, 0) == (queued ? 1 : 0), "is not at exactly one place");
        require(entry, entry.state == TaskState.DONE == entry.anywhere(), "has copies in the wrong state");
        require(entry, entry.inPlace == consumes(entry), "changes what does not expect it");
        for (int n = entry.nextHolder(0); n >= 0; n = entry.nextHolder(n + 1)) {
            require(entry, context.nodes.get(n) != null, "is held by a lost node");
        }
        switch (entry.state) {
            case WAITING -> checkWaiting(entry);
            case READY -> require(entry, entry.reading && entry.missing == 0, "is ready without its inputs");
            case RUNNING -> {
                require(entry, entry.reading, "runs without its inputs");
                require(entry, entry.missing == (waitsBehind(entry) ? 1 : 0), "runs while it waits");
            }
            case DONE, GONE, FAILED -> {
                require(entry, !entry.reading && entry.missing == 0, "has ended but reads");
                require(entry, entry.needed() || entry.lineage > 0, "should be forgotten");
            }
        }
        if (entry.state == TaskState.DONE) {
            boolean kept = entry.isPut() || entry.atDriver;
            require(entry, entry.needed() || kept, "should be freed");
            boolean waits = entry.delivering < entry.wanted || entry.waiterCount() > 0;
            require(entry, !waits || entry.consumer != null, "exists and is waited for");
        }
        if (entry.state == TaskState.GONE) {
            require(entry, entry.linked || entry.inputs().length == 0, "could not be made again");
            require(entry, entry.waiterCount() == 0, "is waited for and not made again");
            require(entry, entry.wanted == entry.delivering, "is wanted and not made again");
        }
        if (entry.state == TaskState.FAILED) {
            require(entry, entry.failure != null && entry.wanted == 0, "failed without a reason");
            require(entry, !entry.linked && entry.waiterCount() == 0, "failed but is not done with");
        }
    }

    private static boolean waitsBehind(Entry task) {
        Entry first = task.ahead;
        if (first == null) {
            return false;
        }
        for (int k = 0; k < first.waiterCount(); k++) {
            if (first.waiters()[k] == task) {
                return true;
            }
        }
        return false;
    }

    private boolean consumes(Entry task) {
        if (task.state != TaskState.RUNNING || task.inputs().length == 0) {
            return false;
        }
        Entry first = context.entries.get(task.inputs()[0]);
        return first != null && first.consumer == task;
    }

    private void checkWaiting(Entry task) {
        require(task, task.reading && task.linked, "waits without being known to its inputs");
        int missing = 0;
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            int times = 0;
            for (int k = 0; k < input.waiterCount(); k++) {
                times += input.waiters()[k] == task ? 1 : 0;
            }
            // It may have lost an input since; that comes out when the others exist.
            require(task, times == 0 || (times == 1 && !input.available()), "waits for what exists");
            missing += times;
            boolean coming = times == 0
                    || input.consumer != null
                    || input.state == TaskState.WAITING
                    || input.state == TaskState.READY
                    || input.state == TaskState.RUNNING;
            require(task, coming, "waits for what will not come");
        }
        require(task, missing == task.missing && missing > 0, "waits for nothing");
    }

    private void require(Entry entry, boolean holds, String otherwise) {
        if (!holds) {
            throw broken(entry, otherwise);
        }
    }

    private IllegalStateException broken(Entry entry, String what) {
        return new IllegalStateException(entry.label() + " " + what + "\n" + story.apply(entry.id));
    }
}
