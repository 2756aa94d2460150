package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.Entry.Phase;
import dev.kiln.runtime.objects.Entry.Waiter;
import dev.kiln.runtime.objects.Entry.Wish;
import dev.kiln.runtime.objects.ObjectMessage.Assign;
import dev.kiln.runtime.objects.ObjectMessage.Assigned;
import dev.kiln.runtime.objects.ObjectMessage.Create;
import dev.kiln.runtime.objects.ObjectMessage.Created;
import dev.kiln.runtime.objects.ObjectMessage.Drop;
import dev.kiln.runtime.objects.ObjectMessage.Dropped;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Retire;
import dev.kiln.runtime.objects.ObjectMessage.Retired;
import dev.kiln.runtime.objects.StateStore.Kept;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which objects there are and where: the one place that decides it, on the cluster's first node, without which there is
 * no cluster. A pure state machine, owned by one thread at a time; what is to be sent and told goes to {@link Out}, which
 * only remembers.
 *
 * <p>An object's home and copies change by {@link Assign}, whose epoch rises with every new home and whose revision
 * rises with every new set of copies, so that whatever a former home still sends is known for late. A lost home is
 * followed by a node that certainly has the state of every answered update ({@link Entry#holders}).
 */
final class Directory {

    /** What the directory wants done. */
    interface Out {

        /** Sends a message. */
        void send(int node, ObjectMessage message);

        /** A request is done, or cannot be. */
        void done(long request, @Nullable Entry entry, @Nullable Problem problem);

        /** Calls of this object go elsewhere now, or nowhere. */
        void changed(long object);
    }

    /** Finds what was kept; deterministic, and quick enough to be asked under a lock. */
    interface Snapshots {
        @Nullable Kept latest(long object);
    }

    private final Out out;
    private final Snapshots snapshots;
    private final Nodes nodes = new Nodes();
    private final Map<Long, Entry> entries = new TreeMap<>();
    private final Map<String, Entry> byAlias = new TreeMap<>();
    private long tickets;

    Directory(Snapshots snapshots, Out out) {
        this.snapshots = snapshots;
        this.out = out;
    }

    // Questions.

    @Nullable Entry get(long id) {
        return entries.get(id);
    }

    @Nullable Entry find(String alias) {
        return byAlias.get(alias);
    }

    /** In the order of their names. */
    Collection<Entry> all() {
        return byAlias.values();
    }

    /** The numbers of all objects. */
    Set<Long> ids() {
        return entries.keySet();
    }

    String nameOf(int node) {
        return nodes.nameOf(node);
    }

    Nodes nodes() {
        return nodes;
    }

    // Nodes.

    void nodeUp(int node, String name) {
        nodes.up(node, name);
        for (Entry entry : entries.values()) {
            settle(entry);
        }
    }

    /** Begins to move those that are at home there; tells whether any is. */
    boolean evacuate(int node) {
        boolean any = false;
        for (Entry entry : entries.values()) {
            if (entry.home == node && entry.phase != Phase.LOST) {
                any = true;
                if (entry.moveTo == null || entry.moveTo == node) {
                    entry.moveTo = nodes.leastLoaded();
                    entry.moveBecause = "it was moved off " + nodes.nameOf(node) + ", which was to leave";
                    settle(entry);
                }
            }
        }
        return any;
    }

    void nodeLost(int node) {
        if (!nodes.lost(node)) {
            return;
        }
        for (Entry entry : List.copyOf(entries.values())) {
            lost(entry, node);
        }
    }

    private void lost(Entry entry, int node) {
        entry.dropping.values().removeIf(dropped -> dropped == node);
        boolean member = entry.members.remove(node);
        entry.inStep.remove(node);
        entry.holders.remove(node);
        if (entry.moveTo != null && entry.moveTo == node) {
            entry.moveTo = null;
            finish(entry, Wish.MOVE, Problems.moveEnded(nodes.nameOf(node)));
        }
        if (entry.phase == Phase.LOST) {
            return;
        }
        if (entry.home == node) {
            homeLost(entry, node);
        } else if (member) {
            reassign(entry);
        }
        settle(entry);
    }

    private void homeLost(Entry entry, int node) {
        if (entry.holders.isEmpty() && entry.isNew()) {
            forget(entry);
            fail(entry, Problems.lostWhileMade(entry.alias(), node));
            return;
        }
        if (!entry.holders.isEmpty()) {
            Integer next = entry.inStep.stream()
                    .filter(entry.holders::contains)
                    .findFirst()
                    .orElseGet(() -> entry.holders.iterator().next());
            entry.because = "it took over from " + nodes.nameOf(node) + ", which was lost";
            promote(entry, next);
            return;
        }
        Kept kept = entry.persistent || entry.lastSnapshotWillDo ? snapshots.latest(entry.id) : null;
        if (kept == null) {
            entry.phase = Phase.LOST;
            entry.lost = Problems.lost(entry.alias(), node);
            fail(entry, entry.lost);
            out.changed(entry.id);
        } else {
            entry.epoch++;
            entry.because = "it was brought there from its last snapshot, as " + nodes.nameOf(node) + " was lost";
            bring(entry, nodes.leastLoaded(), kept);
        }
    }

    // What programs ask for.

    void create(long request, Entry entry, byte[] args, @Nullable String node, @Nullable Kept from) {
        Entry other = byAlias.get(entry.alias());
        if (other != null) {
            out.done(request, null, Problems.aliasTaken(entry.alias()));
            return;
        }
        Integer home = node == null ? Integer.valueOf(nodes.leastLoaded()) : nodes.rankOf(node);
        if (home == null) {
            out.done(request, null, nodes.none(node == null ? "" : node));
            return;
        }
        entries.put(entry.id, entry);
        byAlias.put(entry.alias(), entry);
        entry.waiters.add(new Waiter(request, Wish.CREATE));
        entry.fixedHome = node != null;
        entry.because = node == null ? "that node had the fewest objects" : "the program put it there";
        setHome(entry, home);
        if (from != null) {
            out.send(home, new Create(entry.id, entry.epoch, entry.origin, args, from.state(), from.version()));
        } else {
            out.send(home, new Create(entry.id, entry.epoch, entry.origin, args, null, 0));
        }
    }

    private void bring(Entry entry, int home, Kept kept) {
        entry.phase = Phase.CREATING;
        entry.members.clear();
        entry.inStep.clear();
        entry.revision = 0;
        setHome(entry, home);
        out.changed(entry.id);
        out.send(home, new Create(entry.id, entry.epoch, entry.origin, new byte[0], kept.state(), kept.version()));
    }

    void replicate(long request, long id, int copies) {
        Entry entry = usable(request, id);
        if (entry == null) {
            return;
        }
        entry.wanted = copies;
        entry.extra = 0;
        entry.fixedCopies = true;
        entry.waiters.add(new Waiter(request, Wish.REPLICATE));
        settle(entry);
    }

    void move(long request, long id, String node) {
        Entry entry = usable(request, id);
        if (entry == null) {
            return;
        }
        Integer to = nodes.rankOf(node);
        if (to == null) {
            out.done(request, null, nodes.none(node));
            return;
        }
        if (entry.moveTo != null) {
            finish(entry, Wish.MOVE, Problems.movesElsewhere(node));
        }
        entry.moveTo = to;
        entry.fixedHome = true;
        entry.moveBecause = "a program moved it there";
        entry.waiters.add(new Waiter(request, Wish.MOVE));
        settle(entry);
    }

    void delete(long request, long id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            out.done(request, null, Problems.deleted());
            return;
        }
        forget(entry);
        fail(entry, Problems.deleted(entry.alias()));
        out.done(request, entry, null);
        out.changed(id);
    }

    // What the balancer decides, of objects that are settled.

    /** Copies besides those that were asked for. */
    void extra(long id, int copies) {
        Entry entry = entries.get(id);
        if (entry != null && entry.settled()) {
            entry.extra = copies;
            settle(entry);
        }
    }

    /** Another home. */
    void moveAway(long id, int to, String because) {
        Entry entry = entries.get(id);
        if (entry != null && entry.settled()) {
            entry.moveTo = to;
            entry.moveBecause = because;
            settle(entry);
        }
    }

    private void forget(Entry entry) {
        entries.remove(entry.id);
        byAlias.remove(entry.alias());
        nodes.left(entry.home);
        Set<Integer> told = new TreeSet<>(entry.members);
        told.addAll(entry.holders);
        told.addAll(entry.dropping.values());
        told.add(entry.home);
        for (int node : told) {
            if (nodes.isUp(node)) {
                out.send(node, new Drop(entry.id, ++tickets, true));
            }
        }
    }

    /** The object; or null when it is no more, which the program is told. */
    private @Nullable Entry usable(long request, long id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            out.done(request, null, Problems.deleted());
            return null;
        }
        if (entry.phase == Phase.LOST) {
            out.done(request, null, entry.lost);
            return null;
        }
        return entry;
    }

    // What hosts answer.

    void created(Created m) {
        Entry entry = entries.get(m.object());
        if (entry == null || entry.phase != Phase.CREATING || entry.epoch != m.epoch()) {
            return;
        }
        if (m.problem() != null) {
            if (entry.isNew()) {
                forget(entry);
            } else {
                entry.phase = Phase.LOST;
                entry.lost = m.problem();
                out.changed(entry.id);
            }
            fail(entry, m.problem());
            return;
        }
        entry.implementation = m.implementation();
        entry.code = m.code();
        entry.holders.clear();
        entry.holders.add(entry.home);
        entry.phase = Phase.SETTLING;
        CopyChoice.fill(entry, nodes);
        reassign(entry);
    }

    void assigned(Assigned m) {
        Entry entry = entries.get(m.object());
        if (entry == null
                || entry.epoch != m.epoch()
                || entry.revision != m.revision()
                || (entry.phase != Phase.SETTLING && entry.phase != Phase.SERVING)) {
            return;
        }
        entry.bytes = m.bytes();
        if (m.problem() != null) {
            notAssigned(entry, m.problem());
            return;
        }
        Set<Integer> before = new TreeSet<>(entry.holders);
        entry.inStep.clear();
        entry.inStep.addAll(entry.members);
        entry.inStep.removeAll(entry.dropping.values());
        entry.holders.clear();
        entry.holders.add(entry.home);
        entry.holders.addAll(entry.members);
        before.removeAll(entry.holders);
        before.forEach(node -> drop(entry, node));
        entry.phase = Phase.SERVING;
        out.changed(entry.id);
        settle(entry);
    }

    private void notAssigned(Entry entry, Problem problem) {
        if (entry.isNew()) {
            forget(entry);
            fail(entry, problem);
            return;
        }
        entry.wanted = entry.inStep.size();
        entry.extra = 0;
        entry.fixedCopies = true;
        entry.fixedHome = true;
        entry.moveTo = null;
        entry.members.retainAll(entry.inStep);
        fail(entry, problem);
        entry.phase = Phase.SETTLING;
        reassign(entry);
    }

    void retired(Retired m) {
        Entry entry = entries.get(m.object());
        if (entry == null || entry.phase != Phase.RETIRING || entry.epoch != m.epoch()) {
            return;
        }
        Integer to = entry.moveTo;
        if (to != null && entry.inStep.contains(to)) {
            entry.because = entry.moveBecause;
            promote(entry, to);
        } else {
            promote(entry, entry.home);
        }
    }

    void dropped(Dropped m) {
        Entry entry = entries.get(m.object());
        Integer node = entry == null ? null : entry.dropping.remove(m.ticket());
        if (entry == null || node == null) {
            return;
        }
        entry.holders.remove(node);
        if (entry.members.remove(node)) {
            reassign(entry);
        }
        settle(entry);
    }

    // Changes.

    /** Does the next thing that this object lacks, when nothing else is under way. */
    private void settle(Entry entry) {
        if (entry.phase != Phase.SERVING) {
            return;
        }
        Integer to = entry.moveTo;
        if (to != null && to == entry.home) {
            entry.moveTo = null;
            finish(entry, Wish.MOVE, null);
            to = null;
        }
        finish(entry, Wish.CREATE, null);
        if (to != null && entry.inStep.contains(to)) {
            entry.phase = Phase.RETIRING;
            out.changed(entry.id);
            out.send(entry.home, new Retire(entry.id, entry.epoch));
            return;
        }
        if (to != null && !entry.members.contains(to) && !entry.dropping.containsValue(to)) {
            entry.members.add(to);
            reassign(entry);
            return;
        }
        if (to != null) {
            return;
        }
        if (entry.members.size() > entry.copies()) {
            Integer surplus = CopyChoice.surplus(entry, nodes);
            if (surplus != null) {
                drop(entry, surplus);
                out.changed(entry.id);
            }
        } else if (CopyChoice.fill(entry, nodes)) {
            reassign(entry);
        } else if (entry.inStep.equals(entry.members)) {
            finish(entry, Wish.REPLICATE, null);
        }
    }

    private void drop(Entry entry, int node) {
        entry.inStep.remove(node);
        entry.dropping.put(++tickets, node);
        out.send(node, new Drop(entry.id, tickets, false));
    }

    private void reassign(Entry entry) {
        entry.revision++;
        // Also while the home retires: it may be waiting for a copy that is lost.
        if (entry.phase != Phase.CREATING) {
            out.send(
                    entry.home,
                    new Assign(entry.id, entry.epoch, entry.revision, List.copyOf(entry.members), entry.persistent));
        }
        out.changed(entry.id);
    }

    private void promote(Entry entry, int node) {
        entry.epoch++;
        entry.revision = 0;
        setHome(entry, node);
        entry.members.clear();
        entry.members.addAll(entry.holders);
        entry.members.remove(node);
        entry.members.removeAll(entry.dropping.values());
        CopyChoice.trim(entry);
        entry.inStep.clear();
        entry.phase = Phase.SETTLING;
        CopyChoice.fill(entry, nodes);
        reassign(entry);
    }

    private void setHome(Entry entry, int node) {
        if (entry.phase != Phase.CREATING) {
            nodes.left(entry.home);
        }
        entry.home = node;
        nodes.came(node);
    }

    private void finish(Entry entry, Wish wish, @Nullable Problem problem) {
        for (Waiter waiter : List.copyOf(entry.waiters)) {
            if (waiter.wish() == wish) {
                entry.waiters.remove(waiter);
                out.done(waiter.request(), entry, problem);
            }
        }
    }

    private void fail(Entry entry, Problem problem) {
        List<Waiter> waiters = List.copyOf(entry.waiters);
        entry.waiters.clear();
        waiters.forEach(waiter -> out.done(waiter.request(), null, problem));
    }
}
