package dev.kiln.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes by number, and those that get tasks by load: a binary heap with the least loaded first. */
final class Nodes {

    private final int founders;
    private final Pace everywhere;
    private @Nullable Node[] byNumber = new Node[8];
    private @Nullable Node[] heap = new Node[8];
    private int alive;
    private int joined;
    /** Owners found since the last join or loss; -2 where not looked up yet. */
    private int[] owners = {};

    /**
     * None yet.
     *
     * @param taskNanos what a task takes as long as that is not known
     */
    Nodes(int founders, long taskNanos) {
        this.founders = founders;
        this.everywhere = new Pace(taskNanos);
    }

    Node join(int number, String name, int slots) {
        if (number < 0 || slots < 1) {
            throw new IllegalArgumentException(
                    "node " + number + " with " + slots + " slots: expected a number from 0 on and a slot or more");
        }
        if (number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(number + 1, 2 * byNumber.length));
        }
        if (byNumber[number] != null) {
            throw new IllegalArgumentException("node " + number + " joined before: numbers are used once");
        }
        Node node = new Node(number, name, slots, everywhere);
        byNumber[number] = node;
        if (alive == heap.length) {
            heap = Arrays.copyOf(heap, 2 * alive);
        }
        up(alive++, node);
        joined++;
        owners = new int[0];
        return node;
    }

    void lose(Node node) {
        node.alive = false;
        retire(node);
    }

    /** It is there, but gets no more tasks and owns no more shards. */
    void retire(Node node) {
        owners = new int[0];
        int hole = node.loadIndex;
        if (hole < 0) {
            return;
        }
        Node last = at(--alive);
        heap[alive] = null;
        if (last != node) {
            put(hole, last);
            loadChanged(last);
        }
        node.loadIndex = -1;
    }

    /** How many there are that get tasks. */
    int alive() {
        return alive;
    }

    /** Whether all nodes that the cluster is to begin with have come. */
    boolean complete() {
        return joined >= founders;
    }

    /** The node of this number, or null when there never was one or it is lost. */
    @Nullable Node get(int number) {
        Node node = number < 0 || number >= byNumber.length ? null : byNumber[number];
        return node != null && node.alive ? node : null;
    }

    private boolean takesTasks(int number) {
        Node node = get(number);
        return node != null && !node.leaving;
    }

    /** One that is known to be alive. */
    Node alive(int number) {
        Node node = get(number);
        if (node == null) {
            throw new IllegalStateException("node " + number + " is not up");
        }
        return node;
    }

    /** What to call a node in messages, also when it is lost. */
    String name(int number) {
        Node node = number < 0 || number >= byNumber.length ? null : byNumber[number];
        return node == null ? "#" + number : node.name;
    }

    @Nullable Node named(String name) {
        for (Node node : byNumber) {
            if (node != null && node.alive && node.name.equals(name)) {
                return node;
            }
        }
        return null;
    }

    /** Those alive, by number. */
    List<Node> list() {
        List<Node> list = new ArrayList<>(alive);
        for (Node node : byNumber) {
            if (node != null && node.alive) {
                list.add(node);
            }
        }
        return list;
    }

    /** The owner of a shard, or -1 when no founder is up. */
    int owner(int shard) {
        if (shard >= owners.length) {
            int old = owners.length;
            owners = Arrays.copyOf(owners, Math.max(shard + 1, 2 * old));
            Arrays.fill(owners, old, owners.length, -2);
        }
        if (owners[shard] == -2) {
            int[] found = ShardMap.owners(shard, founders, this::takesTasks, 1);
            owners[shard] = found.length == 0 ? -1 : found[0];
        }
        return owners[shard];
    }

    /** The least loaded node, another than the one to be avoided if there is another; null when none is alive. */
    @Nullable Node leastLoaded(int avoid) {
        Node first = alive == 0 ? null : heap[0];
        if (first == null || first.number != avoid || alive == 1) {
            return first;
        }
        Node second = at(1);
        return alive > 2 && less(at(2), second) ? at(2) : second;
    }

    /** The alive node whose queue of tasks that may be taken is longest, or null when there are none. */
    @Nullable Node longestQueue() {
        Node longest = null;
        for (int k = 0; k < alive; k++) {
            Node node = at(k);
            int size = node.free.size();
            if (size > 0
                    && (longest == null
                            || size > longest.free.size()
                            || (size == longest.free.size() && node.number < longest.number))) {
                longest = node;
            }
        }
        return longest;
    }

    /** The alive node whose tasks that wait for a slot there take longest, or null when none do. */
    @Nullable Node longestBacklog() {
        Node longest = null;
        long most = 0;
        for (int k = 0; k < alive; k++) {
            Node node = at(k);
            long nanos = node.nanosFor(node.spare());
            if (nanos > most || (nanos == most && longest != null && node.number < longest.number)) {
                longest = node;
                most = nanos;
            }
        }
        return longest;
    }

    /** To be told after each change of {@link Node#load}. */
    void loadChanged(Node node) {
        int index = node.loadIndex;
        if (index < 0) {
            return; // lost, or about to leave
        }
        if (index > 0 && less(node, at((index - 1) / 2))) {
            up(index, node);
        } else {
            down(index, node);
        }
    }

    static boolean less(Node a, Node b) {
        long left = (long) a.load() * b.slots;
        long right = (long) b.load() * a.slots;
        return left != right ? left < right : a.number < b.number;
    }

    private void up(int start, Node node) {
        int hole = start;
        while (hole > 0 && less(node, at((hole - 1) / 2))) {
            put(hole, at((hole - 1) / 2));
            hole = (hole - 1) / 2;
        }
        put(hole, node);
    }

    private void down(int start, Node node) {
        int hole = start;
        while (2 * hole + 1 < alive) {
            int child = 2 * hole + 1;
            if (child + 1 < alive && less(at(child + 1), at(child))) {
                child++;
            }
            if (!less(at(child), node)) {
                break;
            }
            put(hole, at(child));
            hole = child;
        }
        put(hole, node);
    }

    private void put(int index, Node node) {
        heap[index] = node;
        node.loadIndex = index;
    }

    private Node at(int index) {
        Node node = heap[index];
        if (node == null) {
            throw new IllegalStateException("no node at place " + index + " of " + alive);
        }
        return node;
    }
}
