package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Answer;
import dev.kiln.runtime.objects.ObjectMessage.Assign;
import dev.kiln.runtime.objects.ObjectMessage.Assigned;
import dev.kiln.runtime.objects.ObjectMessage.Call;
import dev.kiln.runtime.objects.ObjectMessage.Commit;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Origin;
import dev.kiln.runtime.objects.ObjectMessage.Prepare;
import dev.kiln.runtime.objects.ObjectMessage.Prepared;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Retired;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.runtime.objects.ObjectMessage.Store;
import dev.kiln.runtime.objects.ObjectMessage.Stored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object on one node: its home, where methods run, or a copy, where reads may run. A pure state machine: time comes
 * with the calls, and what is to be run or sent goes to {@link Out}. One thread at a time; whoever holds it calls
 * {@code out} while it changes, so {@code out} only remembers.
 *
 * <pre>
 *            Prepare                Assign in a higher epoch
 *   nothing ---------> COPY ------------------------------> HOME
 *                       ^                                    |  Retire, when what ran is done
 *                       |            Prepare                 v
 *                       +--------------------------------- RETIRED
 * </pre>
 *
 * <p>An update runs alone at the home. Then every copy gets the new state and holds back its reads; once all have it the
 * update is answered, and the copies are told to show it. So no read returns a state that a later read elsewhere does
 * not return, and an answered update is on every copy: two-phase invalidation as in CRAQ (Terrace, Freedman, USENIX ATC
 * 2009) and Hermes (Katsarakis and others, ASPLOS 2020).
 */
final class Seat {

    /** In place of a node's number: the disk, which is reached through the directory's node. */
    static final int DISK = -1;

    /** The node that runs the directory. */
    static final int DIRECTORY = 0;

    /** What a seat wants done. */
    interface Out {

        /** Sends a message. */
        void send(int node, ObjectMessage message);

        /** Runs a job, on a thread of its own, and gives its end to {@link Seat#ran}. */
        void run(Job job);
    }

    /**
     * Something to run on the object.
     *
     * @param call the call, or null to encode the state alone
     * @param wantsState whether the state is wanted, encoded, after it
     */
    record Job(long number, @Nullable Call call, Content content, boolean wantsState) {}

    /**
     * How a job ended.
     *
     * @param state the state after it, when it was wanted and can travel
     * @param noState why it cannot
     */
    record Ran(
            Status status,
            byte[] data,
            byte @Nullable [] state,
            @Nullable Problem noState) {}

    private enum Role {
        HOME,
        COPY,
        RETIRED
    }

    /** A call that waits, or to bring members in step when it is null. */
    private record Waiting(int from, @Nullable Call call, long deadline) {
        boolean exclusive() {
            return call == null || call.exclusive();
        }
    }

    /** A version on its way to the members; {@code answer} is given when all have it. */
    private record Round(
            long version,
            Set<Integer> missing,
            Set<Integer> all,
            int to,
            @Nullable Answer answer) {}

    private record Unshown(long version, Content content) {}

    private final long object;
    private final Origin origin;

    private Role role;
    private long epoch;
    private long revision;
    private Content content;
    private long version;

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final java.util.Map<Long, Waiting> running = new java.util.HashMap<>();
    private long jobs;
    private boolean exclusiveRuns;

    // Of a home.
    private Set<Integer> members = Set.of();
    private final Set<Integer> inStep = new TreeSet<>();
    private boolean stores;
    private boolean syncing;
    private boolean retiring;
    private @Nullable Round round;

    // Of a copy.
    private @Nullable Unshown unshown;

    private Seat(long object, Origin origin, Role role, long epoch, Content content, long version) {
        this.object = object;
        this.origin = origin;
        this.role = role;
        this.epoch = epoch;
        this.content = content;
        this.version = version;
    }

    /** The home of an object that was just created. */
    static Seat home(long object, Origin origin, long epoch, Content content, long version) {
        return new Seat(object, origin, Role.HOME, epoch, content, version);
    }

    /** A copy that has not been told what to show yet. */
    static Seat copy(Prepare first, Origin origin) {
        return new Seat(first.object(), origin, Role.COPY, 0, Content.encoded(first.state()), 0);
    }

    /** What the object is made of. */
    Origin origin() {
        return origin;
    }

    /** A call has come. */
    void call(int from, Call call, long now, Out out) {
        boolean here = role == Role.HOME || (role == Role.COPY && !call.exclusive());
        if (!here) {
            answer(from, call, Status.NOT_HERE, out);
            return;
        }
        queue.add(new Waiting(from, call, now + call.timeoutMillis()));
        pump(now, out);
    }

    /** The directory says who holds copies; in a higher epoch, that this is the home now. */
    void assign(Assign m, long now, Out out) {
        if (m.epoch() < epoch || (m.epoch() == epoch && m.revision() <= revision)) {
            return;
        }
        if (m.epoch() > epoch) {
            becomeHome(m.epoch());
        }
        revision = m.revision();
        members = new TreeSet<>(m.members());
        boolean newStore = m.stores() && !stores;
        stores = m.stores();
        inStep.retainAll(members);
        if (round != null) {
            round.missing.removeIf(node -> node != DISK && !members.contains(node));
            endRound(now, out);
        }
        if (inStep.equals(members) && !newStore) {
            assigned(null, out);
        } else if (!syncing) {
            syncing = true;
            queue.addFirst(new Waiting(DIRECTORY, null, Long.MAX_VALUE));
        }
        pump(now, out);
    }

    private void becomeHome(long newEpoch) {
        Unshown prepared = unshown;
        if (prepared != null) {
            // Some caller may have the answer to this update; nobody can have that of a later one.
            content = prepared.content;
            version = prepared.version;
            unshown = null;
        }
        role = Role.HOME;
        epoch = newEpoch;
        retiring = false;
        if (round != null) {
            round = null;
            exclusiveRuns = false;
        }
        stores = false;
        inStep.clear();
        if (syncing) {
            queue.removeIf(waiting -> waiting.call == null);
            syncing = false;
        }
    }

    /** The directory gives the home to another node. */
    void retire(long ofEpoch, Out out) {
        if (ofEpoch == epoch && role == Role.HOME) {
            retiring = true;
            retireIfIdle(out);
        } else if (ofEpoch == epoch && role == Role.RETIRED) {
            out.send(DIRECTORY, new Retired(object, epoch));
        }
    }

    private void retireIfIdle(Out out) {
        if (retiring && !exclusiveRuns) {
            role = Role.RETIRED;
            retiring = false;
            syncing = false;
            sendBack(out);
            out.send(DIRECTORY, new Retired(object, epoch));
        }
    }

    private void sendBack(Out out) {
        for (Waiting waiting : queue) {
            if (waiting.call != null) {
                answer(waiting.from, waiting.call, Status.NOT_HERE, out);
            }
        }
        queue.clear();
    }

    /** A home sends its next state. */
    void prepare(int from, Prepare m, Out out) {
        if (m.epoch() < epoch) {
            return;
        }
        if (m.epoch() > epoch) {
            if (role != Role.COPY) {
                role = Role.COPY;
                exclusiveRuns = false;
                round = null;
                syncing = false;
                sendBack(out);
            }
            epoch = m.epoch();
            revision = 0;
            version = -1;
            unshown = null;
        } else if (role != Role.COPY) {
            return;
        }
        boolean known = m.version() <= version || (unshown != null && m.version() <= unshown.version);
        if (!known) {
            unshown = new Unshown(m.version(), Content.encoded(m.state()));
        }
        out.send(from, new Prepared(object, epoch, m.version()));
    }

    /** All members have that version. */
    void commit(Commit m, long now, Out out) {
        Unshown shown = unshown;
        if (m.epoch() == epoch && shown != null && shown.version == m.version()) {
            content = shown.content;
            version = shown.version;
            unshown = null;
            pump(now, out);
        }
    }

    /** A member has a version. */
    void prepared(int from, Prepared m, long now, Out out) {
        arrived(from, m.epoch(), m.version(), now, out);
    }

    /** The disk has a version; when it could not be written the update stands, and its caller is told. */
    void stored(Stored m, long now, Out out) {
        Round current = round;
        Problem problem = m.problem();
        if (problem != null && current != null && m.epoch() == epoch && current.version == m.version()) {
            Answer failed = current.answer == null ? null : Answers.failed(object, current.answer.number(), problem);
            round = new Round(current.version, current.missing, current.all, current.to, failed);
        }
        arrived(DISK, m.epoch(), m.version(), now, out);
    }

    private void arrived(int from, long ofEpoch, long ofVersion, long now, Out out) {
        Round current = round;
        if (current != null && role == Role.HOME && ofEpoch == epoch && current.version == ofVersion) {
            current.missing.remove(from);
            endRound(now, out);
        }
    }

    /** A job has ended. */
    void ran(Job job, Ran ran, long now, Out out) {
        Waiting done = running.remove(job.number);
        if (done == null) {
            return;
        }
        if (!done.exclusive()) {
            if (done.call != null) {
                out.send(done.from, Answers.read(done.call, ran, version));
            }
        } else if (role == Role.HOME && exclusiveRuns) {
            changed(job, done, ran, out);
            endRound(now, out);
        }
        pump(now, out);
    }

    /** The object may have changed, or its state was encoded for new members. */
    private void changed(Job job, Waiting done, Ran ran, Out out) {
        Call call = done.call;
        if (ran.noState != null) {
            refuse(done, ran.noState, out);
            return;
        }
        if (call == null) {
            // New members: they need what it is made of as well.
            content.changed(ran.state);
            spread(new TreeSet<>(members), ran.state, origin, DIRECTORY, null, out);
            return;
        }
        if (call.kind() == Kind.RESTORE) {
            if (ran.status != Status.RETURNED) {
                round = new Round(version, new TreeSet<>(), Set.of(), done.from, Answers.of(call, ran));
                return;
            }
            content = job.content;
        }
        version++;
        content.changed(ran.state);
        spread(new TreeSet<>(inStep), ran.state, null, done.from, Answers.of(call, ran), out);
    }

    /** The state cannot travel: the copies keep the old one, so the home takes it up again. */
    private void refuse(Waiting done, Problem problem, Out out) {
        byte[] before = content.bytes();
        if (done.call == null) {
            exclusiveRuns = false;
            syncing = false;
            assigned(problem, out);
        } else {
            if (before != null && done.call.kind() == Kind.UPDATE) {
                content = Content.encoded(before);
            }
            round = new Round(
                    version, new TreeSet<>(), Set.of(), done.from, Answers.failed(object, done.call.number(), problem));
        }
    }

    private void spread(
            Set<Integer> to,
            byte @Nullable [] state,
            @Nullable Origin of,
            int caller,
            @Nullable Answer answer,
            Out out) {
        Set<Integer> missing = new TreeSet<>(to);
        if (stores) {
            missing.add(DISK);
        }
        round = new Round(version, missing, to, caller, answer);
        if (state == null) {
            if (!missing.isEmpty()) {
                throw new IllegalStateException("object " + object + " has members and no encoded state");
            }
            return;
        }
        for (int node : to) {
            out.send(node, new Prepare(object, epoch, version, state, of));
        }
        if (stores) {
            out.send(DIRECTORY, new Store(object, epoch, version, state));
        }
    }

    private void endRound(long now, Out out) {
        Round done = round;
        if (done == null || !done.missing.isEmpty()) {
            return;
        }
        round = null;
        exclusiveRuns = false;
        if (done.answer != null) {
            out.send(done.to, done.answer);
        }
        for (int node : done.all) {
            if (members.contains(node)) {
                out.send(node, new Commit(object, epoch, done.version));
            }
        }
        if (done.answer == null) {
            synced(done, out);
        }
        retireIfIdle(out);
        pump(now, out);
    }

    private void synced(Round done, Out out) {
        syncing = false;
        for (int node : done.all) {
            if (members.contains(node)) {
                inStep.add(node);
            }
        }
        if (inStep.equals(members)) {
            assigned(null, out);
        } else {
            syncing = true;
            queue.addFirst(new Waiting(DIRECTORY, null, Long.MAX_VALUE));
        }
    }

    private void assigned(@Nullable Problem problem, Out out) {
        byte[] state = content.bytes();
        out.send(DIRECTORY, new Assigned(object, epoch, revision, state == null ? 0 : state.length, problem));
    }

    /** Begins what may begin. */
    private void pump(long now, Out out) {
        while (!queue.isEmpty() && !exclusiveRuns && !retiring && role != Role.RETIRED && unshown == null) {
            Waiting next = queue.getFirst();
            if (next.exclusive() && !running.isEmpty()) {
                return;
            }
            queue.removeFirst();
            Call call = next.call;
            if (call != null && next.deadline < now) {
                answer(next.from, call, Status.EXPIRED, out);
            } else if (call != null && call.kind() == Kind.VERSION) {
                out.send(next.from, Answers.version(call, version));
            } else {
                begin(next, out);
            }
        }
    }

    private void begin(Waiting next, Out out) {
        Call call = next.call;
        exclusiveRuns = next.exclusive();
        boolean wantsState =
                call == null || call.kind() == Kind.SNAPSHOT || (call.exclusive() && (stores || !inStep.isEmpty()));
        Content on = call != null && call.kind() == Kind.RESTORE ? Content.encoded(call.args()) : content;
        var job = new Job(jobs++, call, on, wantsState);
        running.put(job.number, next);
        out.run(job);
    }

    private void answer(int to, Call call, Status status, Out out) {
        out.send(to, new Answer(object, call.number(), status, new byte[0]));
    }

    /** What of it must hold at any time; for tests. */
    List<String> problems() {
        List<String> found = new ArrayList<>();
        if (exclusiveRuns && running.size() > 1) {
            found.add("an update runs beside others");
        }
        if (!members.containsAll(inStep)) {
            found.add("in step with " + inStep + ", which are not among the members " + members);
        }
        if (role == Role.COPY && round != null) {
            found.add("a copy sends states");
        }
        return found;
    }

    long epoch() {
        return epoch;
    }

    long version() {
        return version;
    }
}
