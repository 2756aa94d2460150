package dev.kiln.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ready tasks, the highest priority first, then in the order of submission. There are few different priorities. */
final class ReadyQueue {

    /** One for each priority that occurs, the highest first; kept when empty, as it will occur again. */
    private final List<OneRank> ranks = new ArrayList<>(1);

    private int size;

    static boolean before(Entry a, Entry b) {
        int p = a.priority();
        int q = b.priority();
        return p != q ? p > q : a.id < b.id;
    }

    int size() {
        return size;
    }

    @Nullable Entry first() {
        for (int k = 0; k < ranks.size(); k++) {
            Entry first = ranks.get(k).first();
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    void add(Entry task) {
        rank(task.priority()).add(task);
        size++;
    }

    void remove(Entry task) {
        if (!rank(task.priority()).remove(task)) {
            throw new IllegalStateException(task.label() + " is not in this queue");
        }
        size--;
    }

    boolean contains(Entry task) {
        return rank(task.priority()).contains(task);
    }

    private OneRank rank(int priority) {
        int place = 0;
        while (place < ranks.size() && ranks.get(place).priority > priority) {
            place++;
        }
        if (place < ranks.size() && ranks.get(place).priority == priority) {
            return ranks.get(place);
        }
        var rank = new OneRank(priority);
        ranks.add(place, rank);
        return rank;
    }

    /** Some of the first, at most so many, of one priority. */
    List<Entry> someOfTheFirst(int count) {
        for (int k = 0; k < ranks.size(); k++) {
            if (ranks.get(k).first() != null) {
                return ranks.get(k).someOfTheFirst(count);
            }
        }
        return List.of();
    }

    /** All, in no particular order. */
    List<Entry> all() {
        List<Entry> all = new ArrayList<>(size);
        ranks.forEach(rank -> rank.addTo(all));
        return all;
    }
}
