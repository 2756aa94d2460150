package dev.kiln.runtime.objects;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which nodes get copies of an object, and which give them up. */
final class CopyChoice {

    private CopyChoice() {}

    /** Chooses members until there are as many as are wanted, or no nodes are left; whether there are more than before. */
    static boolean fill(Entry entry, Nodes nodes) {
        boolean more = false;
        for (int node : nodes.after(entry.home)) {
            if (entry.members.size() >= entry.copies()) {
                break;
            }
            if (!entry.dropping.containsValue(node)) {
                more |= entry.members.add(node);
            }
        }
        return more;
    }

    /** The member to give up next, when there are more than are wanted: one on a full node, or the last. */
    static @Nullable Integer surplus(Entry entry, Nodes nodes) {
        List<Integer> staying = new ArrayList<>(entry.members);
        staying.removeAll(entry.dropping.values());
        if (staying.size() <= entry.copies()) {
            return null;
        }
        return staying.stream()
                .filter(node -> nodes.full(node) != null)
                .findFirst()
                .orElseGet(staying::getLast);
    }

    /** Gives up members for a new home: rather the home that was left than the copies that reads are used to. */
    static void trim(Entry entry) {
        while (entry.members.size() > entry.copies()) {
            Integer surplus = entry.members.stream()
                    .filter(member -> !entry.inStep.contains(member))
                    .findFirst()
                    .orElseGet(() -> entry.members.iterator().next());
            entry.members.remove(surplus);
        }
    }
}
