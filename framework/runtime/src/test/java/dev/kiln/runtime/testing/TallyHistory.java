package dev.kiln.runtime.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Checks whether what callers of a {@link Tally} saw can have happened one after the other, each between its call and
 * its return (linearizability: Herlihy and Wing, ACM TOPLAS 1990). For a counter that is easy, as the values returned
 * give the order: increments by value, each read after the increment whose value it saw. What is left to check is that
 * no operation stands in that order before one that had returned when it was called, and that the values which nobody
 * was returned belong to increments of unknown outcome that were called in time.
 *
 * <p>Thread-safe.
 */
public final class TallyHistory {

    /** How an operation ended. */
    private enum Kind {
        INCREMENT,
        READ
    }

    private record Seen(Kind kind, long called, long returned, long value) {}

    private final List<Seen> seen = new ArrayList<>();
    /** When increments were called of which it is not known whether they took place. */
    private final List<Long> unknown = new ArrayList<>();

    /** An increment returned a value. */
    public synchronized void incremented(long called, long returned, long value) {
        seen.add(new Seen(Kind.INCREMENT, called, returned, value));
    }

    /** A read returned a value. */
    public synchronized void read(long called, long returned, long value) {
        seen.add(new Seen(Kind.READ, called, returned, value));
    }

    /** An increment may have taken place, may yet take place, or not. */
    public synchronized void incrementedPerhaps(long called) {
        unknown.add(called);
    }

    /** How many operations there are. */
    public synchronized int size() {
        return seen.size() + unknown.size();
    }

    /** What cannot have happened; empty when all of it can. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<Seen> order = new ArrayList<>(seen);
        order.sort(Comparator.comparingLong(Seen::value).thenComparing(Seen::kind));
        order(order, problems);
        gaps(order, problems);
        return problems;
    }

    private static void order(List<Seen> order, List<String> problems) {
        long earliest = Long.MAX_VALUE;
        Seen first = null;
        for (int i = order.size() - 1; i >= 0; ) {
            // Reads of one value may stand in any order among themselves.
            int from = i;
            while (from > 0 && sameTurn(order.get(from - 1), order.get(i))) {
                from--;
            }
            for (int j = from; j <= i; j++) {
                if (first != null && earliest < order.get(j).called()) {
                    problems.add(order.get(j) + " was called after " + first + " had returned");
                }
            }
            for (int j = from; j <= i; j++) {
                if (order.get(j).returned() < earliest) {
                    earliest = order.get(j).returned();
                    first = order.get(j);
                }
            }
            i = from - 1;
        }
    }

    private static boolean sameTurn(Seen one, Seen other) {
        return one.value() == other.value() && one.kind() == Kind.READ && other.kind() == Kind.READ;
    }

    private void gaps(List<Seen> order, List<String> problems) {
        var free = new PriorityQueue<>(unknown);
        long[] earliest = new long[order.size() + 1];
        earliest[order.size()] = Long.MAX_VALUE;
        for (int i = order.size() - 1; i >= 0; i--) {
            earliest[i] = Math.min(earliest[i + 1], order.get(i).returned());
        }
        long last = 0;
        for (int i = 0; i < order.size(); i++) {
            Seen next = order.get(i);
            boolean increment = next.kind() == Kind.INCREMENT;
            if (increment && next.value() <= last) {
                problems.add(next + ": that value was returned or read before it");
            }
            // Values passed over: by increments whose callers do not know of it. All must have been called before
            // anybody saw as much.
            for (long gap = last + 1; gap < next.value() + (increment ? 0 : 1); gap++) {
                Long called = free.poll();
                if (called == null || called > earliest[i]) {
                    problems.add("nobody incremented to " + gap + ", and " + next + " saw it");
                    return;
                }
            }
            last = Math.max(last, next.value());
        }
    }
}
