package dev.kiln.engine;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Ready tasks of one priority by number. Most become ready in the order of their numbers; those stand in a ring, at the
 * cost of a list. The rest goes to a heap. So a million tasks that are ready at once cost no more each than a few, while
 * the worst case remains that of the heap.
 */
final class OneRank {

    final int priority;

    /** Numbers, ascending from {@link #head}; a power of two long. */
    private long[] ids = new long[16];
    /** The tasks to them, null where one was removed. */
    private @Nullable Entry[] ring = new Entry[16];

    private int head;
    private int length;
    private final PriorityQueue<Entry> late = new PriorityQueue<>(8);

    OneRank(int priority) {
        this.priority = priority;
    }

    private int at(int index) {
        return head + index & ids.length - 1;
    }

    @Nullable Entry first() {
        Entry inOrder = ring[head];
        Entry other = late.peek();
        if (inOrder == null || other == null) {
            return inOrder == null ? other : inOrder;
        }
        return inOrder.id < other.id ? inOrder : other;
    }

    void add(Entry task) {
        if (length > 0 && ids[at(length - 1)] >= task.id) {
            late.add(task);
            return;
        }
        if (length == ids.length) {
            resize(2 * length);
        }
        int place = at(length++);
        ids[place] = task.id;
        ring[place] = task;
    }

    /** Where in the ring, or -1. */
    private int find(Entry task) {
        int low = 0;
        int high = length - 1;
        if (length > 0 && ring[head] == task) {
            return head;
        }
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long id = ids[at(middle)];
            if (id == task.id) {
                return ring[at(middle)] == task ? at(middle) : -1;
            }
            if (id < task.id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    boolean contains(Entry task) {
        return find(task) >= 0 || late.contains(task);
    }

    boolean remove(Entry task) {
        int place = find(task);
        if (place < 0) {
            return late.peek() == task ? late.poll() != null : late.remove(task);
        }
        ring[place] = null;
        // The first of the ring is never a gap, and neither is the last.
        while (length > 0 && ring[head] == null) {
            head = at(1);
            length--;
        }
        while (length > 0 && ring[at(length - 1)] == null) {
            length--;
        }
        if (ids.length > 1024 && length < ids.length / 8) {
            resize(ids.length / 2);
        }
        return true;
    }

    private void resize(int capacity) {
        long[] newIds = new long[capacity];
        @Nullable Entry[] newRing = new Entry[capacity];
        int kept = 0;
        for (int k = 0; k < length; k++) {
            Entry task = ring[at(k)];
            if (task != null) {
                newIds[kept] = task.id;
                newRing[kept++] = task;
            }
        }
        ids = newIds;
        ring = newRing;
        head = 0;
        length = kept;
    }

    List<Entry> someOfTheFirst(int count) {
        Entry[] found = new Entry[count];
        int n = 0;
        for (int k = 0; k < length && k < count; k++) {
            Entry task = ring[at(k)];
            if (task != null) {
                found[n++] = task;
            }
        }
        Entry other = late.peek();
        if (other != null) {
            if (n == count) {
                n--;
            }
            found[n++] = other;
        }
        return Arrays.asList(found).subList(0, n);
    }

    void addTo(List<Entry> all) {
        for (int k = 0; k < length; k++) {
            Entry task = ring[at(k)];
            if (task != null) {
                all.add(task);
            }
        }
        all.addAll(late);
    }
}
