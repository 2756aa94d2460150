package dev.kiln.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ready tasks, the highest priority first, then in the order of submission: a binary heap whose members know their place. */
final class ReadyQueue {

    private @Nullable Entry[] heap = new Entry[8];
    private int size;

    static boolean before(Entry a, Entry b) {
        int p = a.priority();
        int q = b.priority();
        return p != q ? p > q : a.id < b.id;
    }

    int size() {
        return size;
    }

    /** The member at a place of the heap, 0 being the first of all. */
    Entry at(int index) {
        Entry found = heap[index];
        if (index >= size || found == null) {
            throw new IllegalStateException("the queue has " + size + " tasks, no place " + index);
        }
        return found;
    }

    @Nullable Entry first() {
        return heap[0];
    }

    void add(Entry task) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(size++, task);
    }

    void remove(Entry task) {
        int hole = task.queueIndex;
        if (hole < 0 || hole >= size || heap[hole] != task) {
            throw new IllegalStateException(task.label() + " is not in this queue");
        }
        task.queueIndex = -1;
        Entry last = at(size - 1);
        size--;
        heap[size] = null;
        if (last != task) {
            if (hole > 0 && before(last, at((hole - 1) / 2))) {
                up(hole, last);
            } else {
                down(hole, last);
            }
        }
        if (heap.length > 64 && size < heap.length / 4) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    private void up(int start, Entry task) {
        int hole = start;
        while (hole > 0) {
            int parent = (hole - 1) / 2;
            Entry above = at(parent);
            if (!before(task, above)) {
                break;
            }
            put(hole, above);
            hole = parent;
        }
        put(hole, task);
    }

    private void down(int start, Entry task) {
        int hole = start;
        while (2 * hole + 1 < size) {
            int child = 2 * hole + 1;
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            Entry below = at(child);
            if (!before(below, task)) {
                break;
            }
            put(hole, below);
            hole = child;
        }
        put(hole, task);
    }

    private void put(int index, Entry task) {
        heap[index] = task;
        task.queueIndex = index;
    }
}
