package dev.kiln.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node: what is queued for it here, and what was sent to it and not answered. */
final class Node {

    final int number;
    final String name;
    final int slots;
    boolean alive = true;

    /** Tasks that must run here. */
    final ReadyQueue pinned = new ReadyQueue();
    /** Tasks that an idle node may take. */
    final ReadyQueue free = new ReadyQueue();
    /** How many were sent and not answered. */
    int sent;

    private @Nullable Entry firstSent;
    private @Nullable Entry lastSent;
    /** Its place among {@link Nodes} by load. */
    int loadIndex = -1;

    Node(int number, String name, int slots) {
        this.number = number;
        this.name = name;
        this.slots = slots;
    }

    int queued() {
        return pinned.size() + free.size();
    }

    int load() {
        return sent + queued();
    }

    /** What a task queued now would wait, at so much for each task ahead of it. */
    long waitNanos(long taskNanos) {
        long ahead = load() + 1L - slots;
        return ahead <= 0 ? 0 : ahead * taskNanos / slots;
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
