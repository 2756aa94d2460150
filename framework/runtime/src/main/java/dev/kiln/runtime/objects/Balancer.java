package dev.kiln.runtime.objects;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides, from how objects are used, which get a copy more or less and which leave a full node. An object that is read
 * much and changed little gains a copy, up to one on every node, and loses it when reads no longer pay for it; what the
 * program asked for stays. Changes need the same cause several times running, a few are made at a time, and why is
 * remembered.
 *
 * <p>Pure: uses and time come with each call. Belongs to one thread at a time.
 */
final class Balancer {

    /** What is much, where nobody says otherwise: what a node answers with a tenth of its time. */
    static final double READS_OF_A_NODE = 1000;

    /** An update goes to every copy, so there must be so many reads for each. */
    static final double READS_FOR_AN_UPDATE = 20;

    /** Larger states are not copied without being asked. */
    static final long MOST_BYTES = 64L << 20;

    static final int TURNS_UNTIL_MORE = 2;
    static final int TURNS_UNTIL_LESS = 10;
    static final int CHANGES_IN_A_TURN = 4;
    private static final int REMEMBERED = 8;

    /**
     * An object that nothing is done to at the moment.
     *
     * @param copies the nodes that have one
     * @param extra how many of them nobody asked for
     * @param reads how often it has been read, in all
     * @param updates how often it has been updated, in all
     */
    record Use(
            long object,
            int home,
            List<Integer> copies,
            int extra,
            boolean mayCopy,
            boolean mayMove,
            long bytes,
            long reads,
            long updates) {

        static Use of(Entry entry, long reads, long updates) {
            return new Use(
                    entry.id,
                    entry.home,
                    List.copyOf(entry.inStep),
                    entry.extra,
                    !entry.fixedCopies,
                    !entry.fixedHome,
                    entry.bytes,
                    reads,
                    updates);
        }
    }

    /** What is to be done. */
    sealed interface Change {

        /** So many copies besides those that were asked for. */
        record Copies(long object, int extra) implements Change {}

        /** Another home. */
        record Move(long object, int to, String because) implements Change {}
    }

    /** What it did, and when. */
    record Note(long nanos, String text) {}

    private static final class Watch {
        private long at;
        private long reads;
        private long updates;
        private double readsPerSecond;
        private double updatesPerSecond;
        private int hot;
        private int cold;
        private final Deque<Note> notes = new ArrayDeque<>();

        private Watch(Use first, long nanos) {
            at = nanos;
            reads = first.reads;
            updates = first.updates;
        }

        private void saw(Use use, long nanos) {
            double seconds = (nanos - at) / 1e9;
            readsPerSecond = (use.reads - reads) / seconds;
            updatesPerSecond = (use.updates - updates) / seconds;
            at = nanos;
            reads = use.reads;
            updates = use.updates;
        }

        private String rates() {
            return String.format(Locale.ROOT, "%,.0f reads/s, %,.0f updates/s", readsPerSecond, updatesPerSecond);
        }

        private void note(long nanos, String text) {
            notes.addLast(new Note(nanos, text));
            if (notes.size() > REMEMBERED) {
                notes.removeFirst();
            }
        }
    }

    private final Map<Long, Watch> watches = new HashMap<>();
    private final double hot;
    private final double cold;

    /**
     * A balancer that has seen nothing.
     *
     * @param hot reads a second on each node that answers them, from which another copy is made; it goes when as many as
     *     would be left had less than a quarter of that each
     */
    Balancer(double hot) {
        this.hot = hot;
        this.cold = hot / 4;
    }

    /**
     * What is to be done now; with an object that is seen for the first time nothing, as there is nothing to compare with.
     *
     * @param uses of the objects that nothing is done to at the moment
     * @param objects all that there are
     * @param nanos later than at the turn before
     */
    List<Change> turn(Collection<Use> uses, Set<Long> objects, Nodes nodes, long nanos) {
        watches.keySet().retainAll(objects);
        List<Change> changes = new ArrayList<>();
        Set<Integer> emptied = new HashSet<>();
        for (Use use : largestFirst(uses)) {
            Watch watch = watches.get(use.object);
            if (watch == null) {
                watches.put(use.object, new Watch(use, nanos));
                continue;
            }
            watch.saw(use, nanos);
            if (changes.size() < CHANGES_IN_A_TURN) {
                Change change = away(use, watch, nodes, emptied, nanos);
                if (change == null) {
                    change = copies(use, watch, nodes, nanos);
                }
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    private static List<Use> largestFirst(Collection<Use> uses) {
        return uses.stream()
                .sorted(Comparator.comparingLong(Use::bytes).reversed().thenComparingLong(Use::object))
                .toList();
    }

    /** From each full node one object at a time: what that brings shows after its next collection only. */
    private static @Nullable Change away(Use use, Watch watch, Nodes nodes, Set<Integer> emptied, long nanos) {
        if (nodes.full(use.home) == null || !use.mayMove || emptied.contains(use.home)) {
            return null;
        }
        int to = use.copies.stream()
                .filter(copy -> nodes.full(copy) == null)
                .findFirst()
                .orElseGet(nodes::leastLoaded);
        if (nodes.full(to) != null) {
            return null;
        }
        emptied.add(use.home);
        watch.note(
                nanos,
                "moved from " + nodes.nameOf(use.home) + " to " + nodes.nameOf(to) + ": " + nodes.full(use.home));
        return new Change.Move(use.object, to, "it was moved off " + nodes.nameOf(use.home) + ", which was full");
    }

    private @Nullable Change copies(Use use, Watch watch, Nodes nodes, long nanos) {
        int serving = use.copies.size() + 1;
        boolean readMuch = watch.readsPerSecond >= READS_FOR_AN_UPDATE * watch.updatesPerSecond;
        boolean more = use.mayCopy
                && readMuch
                && use.bytes <= MOST_BYTES
                && watch.readsPerSecond > hot * serving
                && roomForMore(use, nodes);
        boolean less = use.extra > 0 && (!readMuch || watch.readsPerSecond < cold * (serving - 1));
        watch.hot = more ? watch.hot + 1 : 0;
        watch.cold = less ? watch.cold + 1 : 0;
        if (watch.hot >= TURNS_UNTIL_MORE) {
            watch.hot = 0;
            watch.note(nanos, "a copy more, to make " + (serving + 1) + " nodes that answer reads: " + watch.rates());
            return new Change.Copies(use.object, use.extra + 1);
        }
        if (watch.cold >= TURNS_UNTIL_LESS) {
            watch.cold = 0;
            watch.note(nanos, "a copy less, to leave " + (serving - 1) + " to answer reads: " + watch.rates());
            return new Change.Copies(use.object, use.extra - 1);
        }
        return null;
    }

    private static boolean roomForMore(Use use, Nodes nodes) {
        return nodes.after(use.home).stream().anyMatch(node -> nodes.full(node) == null && !use.copies.contains(node));
    }

    /** What it did to an object, the last first. */
    List<Note> notes(long object) {
        Watch watch = watches.get(object);
        return watch == null ? List.of() : List.copyOf(watch.notes).reversed();
    }

    /** How an object was used during the last turn, or null when there was none. */
    @Nullable String rates(long object) {
        Watch watch = watches.get(object);
        return watch == null ? null : watch.rates();
    }
}
