package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Origin;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the {@link Directory} knows of one object; belongs to it. */
final class Entry {

    /** What is going on. */
    enum Phase {
        /** Its first home makes it. */
        CREATING,
        /** Calls go to it. */
        SERVING,
        /** A home in a new epoch brings its copies in step. */
        SETTLING,
        /** The home finishes what it runs, since it is to move. */
        RETIRING,
        /** It is gone, and calls are told why. */
        LOST
    }

    /** What a program waits for. */
    enum Wish {
        CREATE,
        REPLICATE,
        MOVE
    }

    /** A program's request that is not done. */
    record Waiter(long request, Wish wish) {}

    final long id;
    final Origin origin;
    final boolean persistent;
    final boolean lastSnapshotWillDo;
    /** Copies that the program asked for. */
    int wanted;
    /** Copies besides those, by the {@link Balancer}. */
    int extra;
    /** The program has said how many copies there are to be, or the state cannot travel: none besides. */
    boolean fixedCopies;
    /** The program has said where its home is, or the state cannot travel: it moves only when it must. */
    boolean fixedHome;
    /** Why the home is where it is, and why it is to move. */
    String because = "";

    String moveBecause = "";

    Phase phase = Phase.CREATING;
    long epoch = 1;
    long revision;
    int home;
    /** Nodes that are to hold copies. */
    final Set<Integer> members = new TreeSet<>();
    /** Members that do, so that reads may go there. */
    final Set<Integer> inStep = new TreeSet<>();
    /** Nodes that certainly have the state of every answered update, the home included. */
    final Set<Integer> holders = new TreeSet<>();
    /** Nodes that were told to forget it, by the ticket they return. */
    final Map<Long, Integer> dropping = new HashMap<>();

    final List<Waiter> waiters = new ArrayList<>();

    @Nullable Integer moveTo;

    String implementation = "";
    String code = "";
    long bytes;

    @Nullable Problem lost;

    Entry(long id, Origin origin, int wanted, boolean persistent, boolean lastSnapshotWillDo) {
        this.id = id;
        this.origin = origin;
        this.wanted = wanted;
        this.persistent = persistent;
        this.lastSnapshotWillDo = lastSnapshotWillDo;
    }

    /** How many copies there are to be. */
    int copies() {
        return wanted + extra;
    }

    /** Whether its creator still waits for it. */
    boolean isNew() {
        return waiters.stream().anyMatch(waiter -> waiter.wish() == Wish.CREATE);
    }

    /** Whether nothing is under way. */
    boolean settled() {
        return phase == Phase.SERVING
                && moveTo == null
                && dropping.isEmpty()
                && waiters.isEmpty()
                && inStep.equals(members);
    }

    String alias() {
        return origin.alias();
    }

    /** Where calls may go now. */
    Route route() {
        return switch (phase) {
            case SERVING -> new Route(epoch, home, List.copyOf(inStep), true, null);
            case LOST -> new Route(epoch, home, List.of(), false, lost);
            default -> new Route(epoch, home, List.of(), false, null);
        };
    }

    /**
     * Where calls may go.
     *
     * @param serving whether they may go anywhere now
     * @param lost why they never will again, or null
     */
    record Route(
            long epoch,
            int home,
            List<Integer> copies,
            boolean serving,
            @Nullable Problem lost) {}
}
