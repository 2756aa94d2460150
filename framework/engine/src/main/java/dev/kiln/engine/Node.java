package dev.kiln.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node: what is queued for it here, and what was sent to it and not answered. */
final class Node {

    final int number;
    final String name;
    final int slots;
    boolean alive = true;
    /** Is to go: it gets no more tasks. */
    boolean leaving;
    /** How many tasks it has run to their end. */
    long finished;

    /** Tasks that must run here. */
    final ReadyQueue pinned = new ReadyQueue();
    /** Tasks that an idle node may take. */
    final ReadyQueue free = new ReadyQueue();
    /** How many were sent and not answered. */
    int sent;
    /** Of those, the ones that wait there for the result of another; see {@link Followers}. */
    int following;
    /** Sent tasks that others may yet be sent behind, when fewer follow. */
    final ArrayDeque<Entry> toBeFollowed = new ArrayDeque<>();
    /** Of those sent, the ones that it was asked to give back. */
    int asked;
    /** What tasks take here, and what they take everywhere. */
    private final Pace here;

    private final Pace everywhere;

    private @Nullable Entry firstSent;
    private @Nullable Entry lastSent;
    /** Its place among {@link Nodes} by load. */
    int loadIndex = -1;

    Node(int number, String name, int slots, Pace everywhere) {
        this.number = number;
        this.name = name;
        this.slots = slots;
        this.here = new Pace(everywhere.nanos());
        this.everywhere = everywhere;
    }

    private long taskNanos() {
        return here.known() ? here.nanos() : everywhere.nanos();
    }

    /** A task took so long here; 0 says nothing. */
    void took(long nanos) {
        here.took(nanos);
        everywhere.took(nanos);
    }

    /**
     * How many tasks may be with it: what its slots do within the time that is to be bridged. Changes only when a task
     * ends here, since that is when more are sent.
     */
    int limit(SchedulerOptions options) {
        long ahead = here.known() ? Math.min(options.aheadNanos() / here.nanos(), SchedulerOptions.MOST_AHEAD) : 0;
        return slots * (int) Math.max(ahead, options.depth());
    }

    /** Tasks sent that wait for a slot and were not asked for back. */
    int spare() {
        return inHand() - asked - slots;
    }

    /** What that many tasks take here. */
    long nanosFor(int tasks) {
        return tasks <= 0 ? 0 : tasks * taskNanos() / slots;
    }

    NodeLoad summary() {
        int running = Math.min(inHand(), slots);
        return new NodeLoad(number, running, load() - running, finished, leaving);
    }

    int queued() {
        return pinned.size() + free.size();
    }

    int load() {
        return inHand() + queued();
    }

    /** How many it can run: all that was sent but for those that follow. */
    int inHand() {
        return sent - following;
    }

    /** What a task queued now would wait. */
    long waitNanos() {
        return nanosFor(load() + 1 - slots);
    }

    @Nullable Entry firstQueued() {
        Entry a = pinned.first();
        Entry b = free.first();
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ReadyQueue.before(a, b) ? a : b;
    }

    void unqueue(Entry task) {
        (Placement.pinned(task) ? pinned : free).remove(task);
    }

    void addSent(Entry task) {
        task.before = lastSent;
        if (lastSent == null) {
            firstSent = task;
        } else {
            lastSent.after = task;
        }
        lastSent = task;
        sent++;
    }

    void removeSent(Entry task) {
        Entry before = task.before;
        Entry after = task.after;
        if (before == null) {
            firstSent = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            lastSent = before;
        } else {
            after.before = before;
        }
        task.before = null;
        task.after = null;
        sent--;
        if (task.asked) {
            task.asked = false;
            asked--;
        }
    }

    /** Some of those sent last that do not follow others, at most so many, the last first. */
    List<Entry> someSentLast(int count) {
        List<Entry> tasks = new ArrayList<>(Math.min(count, sent));
        int looked = 0;
        for (Entry task = lastSent; task != null && tasks.size() < count && looked < 8 * count; task = task.before) {
            if (task.ahead == null) {
                tasks.add(task);
            }
            looked++;
        }
        return tasks;
    }

    /** In the order of sending. */
    List<Entry> sentTasks() {
        List<Entry> tasks = new ArrayList<>(sent);
        for (Entry task = firstSent; task != null; task = task.after) {
            tasks.add(task);
        }
        return tasks;
    }
}
