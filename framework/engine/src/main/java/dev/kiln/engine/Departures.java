package dev.kiln.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets nodes leave in order. One that is to leave finishes what it has begun, and what the program wants to run there by
 * name; what only it holds is copied to other nodes. When nothing is left it is gone for the scheduler, so that its end
 * is no loss.
 */
final class Departures {

    /** So often a value that cannot be copied is tried; after that it goes with its node, and is made again if need be. */
    private static final int TRIES = 3;

    private final Context context;
    private final Values values;
    private final Dispatch dispatch;
    /** By the number of the node, in the order in which they began. */
    private final Map<Integer, Departure> leaving = new LinkedHashMap<>();

    private static final class Departure {
        final Node node;
        /** Values under way, and where to. */
        final Map<Long, Integer> moving = new HashMap<>();

        final Map<Long, Integer> failures = new HashMap<>();
        /** Bytes that each other node was given of it. */
        final Map<Integer, Long> given = new HashMap<>();
        /** A task that must run there and has not ended. */
        @Nullable Entry awaited;

        Departure(Node node) {
            this.node = node;
        }
    }

    Departures(Context context, Values values, Dispatch dispatch) {
        this.context = context;
        this.values = values;
        this.dispatch = dispatch;
    }

    void begin(Node node) {
        node.leaving = true;
        context.nodes.retire(node);
        var departure = new Departure(node);
        leaving.put(node.number, departure);
        dispatch.evacuate(node);
        handOver(departure);
    }

    /** A node is lost: what was under way to it has to go elsewhere. */
    void lost(int number) {
        leaving.remove(number);
        forgetTarget(number);
    }

    private void forgetTarget(int number) {
        leaving.values().forEach(departure -> departure.moving.values().removeIf(to -> to == number));
    }

    /** A value has come to a node. */
    void arrived(long value, int number) {
        leaving.values().forEach(departure -> departure.moving.remove(value, number));
    }

    /** A value has not. */
    void failed(long value, int number, int from) {
        Departure departure = leaving.get(from);
        if (departure != null && departure.moving.remove(value, number)) {
            departure.failures.merge(value, 1, Integer::sum);
        }
    }

    /** Lets those go that have nothing left; tells whether something changed, which may let others go. */
    boolean goOn() {
        if (leaving.isEmpty()) {
            return false;
        }
        boolean changed = false;
        for (Iterator<Departure> all = leaving.values().iterator(); all.hasNext(); ) {
            Departure departure = all.next();
            if (done(departure)) {
                all.remove();
                leave(departure.node);
                changed = true;
            }
        }
        return changed;
    }

    /** Looks at every value only when all that is known of is done. */
    private boolean done(Departure departure) {
        Node node = departure.node;
        Entry awaited = departure.awaited;
        boolean busy = node.sent > 0 || node.queued() > 0 || !departure.moving.isEmpty();
        if (busy || context.nodes.alive() == 0 || (awaited != null && unfinished(awaited))) {
            return false;
        }
        handOver(departure);
        return departure.moving.isEmpty() && departure.awaited == null;
    }

    private boolean unfinished(Entry task) {
        return context.entries.get(task.id) == task
                && switch (task.state) {
                    case WAITING, READY, RUNNING -> true;
                    case DONE, GONE, FAILED -> false;
                };
    }

    /** Has every value copied that only this node holds and nobody is changing, and looks for a task that names the node. */
    private void handOver(Departure departure) {
        Node node = departure.node;
        List<Node> others =
                context.nodes.list().stream().filter(other -> !other.leaving).toList();
        List<Entry> alone = new ArrayList<>();
        departure.awaited = null;
        context.entries.forEach(entry -> {
            if (entry.available() && entry.heldOnlyBy(node.number)) {
                if (departure.failures.getOrDefault(entry.id, 0) < TRIES) {
                    alone.add(entry);
                }
            } else if (departure.awaited == null
                    && entry.spec != null
                    && entry.spec.target() instanceof Target.Node(String name)
                    && name.equals(node.name)
                    && unfinished(entry)) {
                departure.awaited = entry;
            }
        });
        if (others.isEmpty()) {
            return;
        }
        for (Entry value : alone) {
            Node to = others.getFirst();
            for (Node other : others) {
                if (given(departure, other) < given(departure, to)) {
                    to = other;
                }
            }
            departure.given.merge(to.number, value.bytes + 1, Long::sum);
            departure.moving.put(value.id, to.number);
            context.story.add(value, Story.What.HANDED_OVER, to.number);
            context.emit(new Command.CopyValue(to.number, value.id, node.number));
        }
    }

    private static long given(Departure departure, Node other) {
        return departure.given.getOrDefault(other.number, 0L);
    }

    private void leave(Node node) {
        context.nodes.lose(node);
        // It may have been told to take values itself before it was to leave.
        forgetTarget(node.number);
        context.entries.heldBy(node.number).forEach(value -> values.forgetCopy(value, node.number));
        context.emit(new Command.NodeLeft(node.number));
    }
}
