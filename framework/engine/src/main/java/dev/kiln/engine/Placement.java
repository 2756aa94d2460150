package dev.kiln.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the node for a task: the one where the bytes to move, the wait in the queue and the message to it together
 * cost least, among those that hold an input, the least loaded of all and the one in the driver's JVM. Looking at no other node keeps the cost of a choice
 * independent of the size of the cluster.
 */
final class Placement {

    /** Of a value that many nodes hold, so many are looked at. */
    private static final int HOLDERS = 8;

    private final Context context;
    /** Scratch: what is saved by running on a node, and the nodes for which that is not 0. */
    private long[] saved = new long[8];

    private int[] touched = new int[8];
    private int touchedCount;

    Placement(Context context) {
        this.context = context;
    }

    /** Whether only the node that was chosen will do, so that no idle one may take the task. */
    static boolean pinned(Entry task) {
        return task.spec != null && task.spec.target() != Target.Anywhere.INSTANCE;
    }

    /** The node for a task whose inputs exist; null when there is none now. */
    @Nullable Node choose(Entry task) {
        Target target = task.spec == null ? Target.Anywhere.INSTANCE : task.spec.target();
        return switch (target) {
            case Target.Anywhere _ -> cheapest(task);
            case Target.Near(long value) -> near(task, value);
            case Target.Node(String name) -> context.nodes.named(name);
            case Target.Shard(int shard) -> context.nodes.get(context.nodes.owner(shard));
        };
    }

    private @Nullable Node near(Entry task, long value) {
        Entry entry = context.entries.get(value);
        Node best = null;
        if (entry != null && entry.available()) {
            for (int n = entry.nextHolder(0); n >= 0; n = entry.nextHolder(n + 1)) {
                Node node = context.nodes.alive(n);
                if (node.leaving) {
                    continue;
                }
                if (best == null || best.number == task.failedOn || (n != task.failedOn && Nodes.less(node, best))) {
                    best = node;
                }
            }
            if (best == null && entry.inCache) {
                best = context.nodes.get(context.nodes.owner(entry.shard));
            }
        }
        return best == null ? cheapest(task) : best;
    }

    private @Nullable Node cheapest(Entry task) {
        Node least = context.nodes.leastLoaded(task.failedOn);
        long[] inputs = task.inputs();
        if (least == null || context.nodes.alive() == 1) {
            return least;
        }
        Node own = context.nodes.get(context.options.ownNode());
        if (own != null && own.leaving) {
            own = null;
        }
        if (inputs.length == 0) {
            return own != null && own.number != task.failedOn && runCost(own) <= runCost(least) ? own : least;
        }
        for (long id : inputs) {
            Entry input = context.existing(id);
            long cost = cost(input);
            if (saves(input, least)) {
                save(least.number, cost);
            }
            int looked = 0;
            for (int n = input.nextHolder(0); n >= 0 && looked < HOLDERS; n = input.nextHolder(n + 1), looked++) {
                if (n != least.number && !context.nodes.alive(n).leaving) {
                    save(n, cost);
                }
            }
            if (input.inCache) {
                int owner = context.nodes.owner(input.shard);
                if (owner >= 0 && owner != least.number && !input.heldBy(owner)) {
                    save(owner, cost);
                }
            }
        }
        // What is not saved is paid, the same total for every node; so only the difference counts.
        Node best = least;
        long bestCost = runCost(least) - savedBy(least.number);
        if (own != null && own != least && own.number != task.failedOn) {
            long ownCost = runCost(own) - savedBy(own.number);
            if (ownCost <= bestCost) {
                best = own;
                bestCost = ownCost;
            }
        }
        for (int k = 0; k < touchedCount; k++) {
            int n = touched[k];
            if (n == least.number || n == task.failedOn) {
                continue;
            }
            Node node = context.nodes.alive(n);
            long cost = runCost(node) - saved[n];
            if (cost < bestCost || (cost == bestCost && saved[n] > savedBy(best.number))) {
                best = node;
                bestCost = cost;
            }
        }
        for (int k = 0; k < touchedCount; k++) {
            saved[touched[k]] = 0;
        }
        touchedCount = 0;
        return best;
    }

    /** What it costs that a task is run there, besides what it reads. */
    private long runCost(Node node) {
        boolean near = context.options.ownNode() < 0 || node.number == context.options.ownNode();
        return node.waitNanos() + (near ? 0 : context.options.reachNanos());
    }

    private long savedBy(int number) {
        return number < saved.length ? saved[number] : 0;
    }

    private void save(int number, long cost) {
        if (number >= saved.length) {
            saved = Arrays.copyOf(saved, Math.max(number + 1, 2 * saved.length));
        }
        if (saved[number] == 0) {
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, 2 * touchedCount);
            }
            touched[touchedCount++] = number;
        }
        saved[number] += cost;
    }

    /** What it costs to bring the inputs of a task to a node. */
    long moveNanos(Entry task, Node node) {
        long nanos = 0;
        for (long id : task.inputs()) {
            Entry input = context.existing(id);
            if (!saves(input, node)) {
                nanos += cost(input);
            }
        }
        return nanos;
    }

    private boolean saves(Entry input, Node node) {
        return input.heldBy(node.number) || (input.inCache && context.nodes.owner(input.shard) == node.number);
    }

    /** Never 0, so that holding an input always counts for something. */
    private long cost(Entry input) {
        long bytes = input.bytes * context.options.nanosPerByte() + 1;
        return input.atDriver ? bytes : bytes + context.options.fetchNanos();
    }

    /** The holder after this node, in a ring. */
    private static int next(Entry value, int node) {
        int holder = value.nextHolder(node + 1);
        return holder >= 0 ? holder : value.nextHolder(0);
    }

    /** Where a node gets a value from for a task. */
    int source(Entry value, int node) {
        if (value.heldBy(node)) {
            return Places.HERE;
        }
        if (value.atDriver) {
            return Places.DRIVER;
        }
        if (value.inCache && (context.nodes.owner(value.shard) == node || value.heldByNone())) {
            return Places.CACHE;
        }
        if (value.inCheckpoint && value.heldByNone()) {
            return Places.CHECKPOINT;
        }
        // Different nodes ask different holders, where there are several; one that is about to leave only if need be.
        int first = next(value, node);
        int holder = first;
        while (context.nodes.alive(holder).leaving) {
            holder = next(value, holder);
            if (holder == first) {
                return first;
            }
        }
        return holder;
    }
}
