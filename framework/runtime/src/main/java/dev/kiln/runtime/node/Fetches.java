package dev.kiln.runtime.node;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fetches of a workflow that are under way or are to begin. Only some are at a time: tasks are sent far ahead when
 * they are short, and what they read may be large; all of it at once would fill the memory without coming any sooner.
 * Guarded by the {@link NodeWorkflow}'s monitor.
 */
final class Fetches {

    /** Enough to keep the line busy: one arrives while others are encoded and decoded. */
    private static final int MOST = 8;

    private final Map<Fetch.Key, Fetch> known = new HashMap<>();
    private final ArrayDeque<Fetch> toBegin = new ArrayDeque<>();
    private int underWay;

    @Nullable Fetch find(Fetch.Key key) {
        return known.get(key);
    }

    /** Begins a fetch, now or when others have ended. */
    void add(Fetch fetch, Todo todo) {
        known.put(fetch.key, fetch);
        toBegin.add(fetch);
        beginMore(todo);
    }

    /** A fetch has ended; tells whether it was known. */
    boolean ended(Fetch fetch, Todo todo) {
        underWay--;
        boolean was = known.remove(fetch.key, fetch);
        beginMore(todo);
        return was;
    }

    void clear() {
        known.clear();
        toBegin.clear();
    }

    private void beginMore(Todo todo) {
        while (underWay < MOST && !toBegin.isEmpty()) {
            Fetch next = toBegin.remove();
            if (next.order != null
                    || next.waiting.isEmpty()
                    || next.waiting.stream().anyMatch(task -> !task.isCancelled())) {
                underWay++;
                todo.fetch(next);
            } else {
                known.remove(next.key, next);
            }
        }
    }
}
