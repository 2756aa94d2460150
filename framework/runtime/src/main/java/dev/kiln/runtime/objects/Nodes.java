package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The nodes that are up, how many objects have their home on each, and which are full; belongs to the {@link Directory}. */
final class Nodes {

    private final Map<Integer, String> names = new TreeMap<>();
    private final Map<Integer, Integer> homes = new HashMap<>();
    private final Map<Integer, String> full = new TreeMap<>();
    private final Set<Integer> leaving = new TreeSet<>();

    void up(int node, String name) {
        names.put(node, name);
    }

    /** Whether it was up until now. */
    boolean lost(int node) {
        homes.remove(node);
        full.remove(node);
        leaving.remove(node);
        return names.remove(node) != null;
    }

    boolean isUp(int node) {
        return names.containsKey(node);
    }

    String nameOf(int node) {
        return names.getOrDefault(node, "node-" + node);
    }

    /** Those that are up, in the order of their numbers. */
    Set<Integer> all() {
        return Collections.unmodifiableSet(names.keySet());
    }

    /** A node has no room for more objects, for this reason; or has again. */
    void room(int node, @Nullable String why) {
        if (leaving.contains(node)) {
            return;
        }
        if (why == null) {
            full.remove(node);
        } else if (isUp(node)) {
            full.put(node, why);
        }
    }

    /** A node is about to leave, and has room for nothing until then. */
    void leaves(int node) {
        room(node, nameOf(node) + " is about to leave");
        leaving.add(node);
    }

    /** Why a node is full, or null. */
    @Nullable String full(int node) {
        return full.get(node);
    }

    /** An object has its home here now. */
    void came(int home) {
        homes.merge(home, 1, Integer::sum);
    }

    /** An object has its home here no more. */
    void left(int home) {
        homes.computeIfPresent(home, (node, count) -> count - 1);
    }

    /** Where the fewest objects have their home; one that is full only when all are. */
    int leastLoaded() {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int node : names.keySet()) {
            long load = homes.getOrDefault(node, 0) + (full.containsKey(node) ? 1L << 32 : 0);
            if (load < least) {
                least = load;
                best = node;
            }
        }
        return best;
    }

    /** The others in the order in which they are to hold copies: those after it in a ring, full ones last. */
    List<Integer> after(int home) {
        List<Integer> ring = new ArrayList<>(names.keySet());
        Collections.rotate(ring, -Math.max(0, ring.indexOf(home)));
        ring.remove(Integer.valueOf(home));
        ring.sort((one, other) -> Boolean.compare(full.containsKey(one), full.containsKey(other)));
        return ring;
    }

    @Nullable Integer rankOf(String name) {
        for (var node : names.entrySet()) {
            if (node.getValue().equals(name)) {
                return node.getKey();
            }
        }
        return null;
    }

    /** There is no node of that name. */
    Problem none(String name) {
        return new Problem(
                Reason.NO_NODE, "there is no node " + name + "; up are " + String.join(", ", names.values()));
    }
}
