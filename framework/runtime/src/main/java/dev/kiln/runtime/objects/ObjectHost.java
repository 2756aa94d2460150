package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Answer;
import dev.kiln.runtime.objects.ObjectMessage.Call;
import dev.kiln.runtime.objects.ObjectMessage.Create;
import dev.kiln.runtime.objects.ObjectMessage.Created;
import dev.kiln.runtime.objects.ObjectMessage.Drop;
import dev.kiln.runtime.objects.ObjectMessage.Dropped;
import dev.kiln.runtime.objects.ObjectMessage.Kind;
import dev.kiln.runtime.objects.ObjectMessage.Origin;
import dev.kiln.runtime.objects.ObjectMessage.Prepare;
import dev.kiln.runtime.objects.ObjectMessage.Prepared;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectMessage.Room;
import dev.kiln.runtime.objects.ObjectMessage.Status;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The active objects of one node: for each a {@link Seat}, and threads on which their methods run.
 *
 * <p>Thread-safe. A seat is guarded by its {@link Place}'s monitor, what was told of room by the host's own; what it wants done is done after that was left, so
 * messages to one node may overtake each other, which seats stand. Nothing else is locked under it.
 */
public final class ObjectHost implements AutoCloseable {

    private final int self;
    private final Link link;
    private final ExecutorService threads;
    private final LongSupplier millis;
    private final Map<Long, Place> places = new ConcurrentHashMap<>();
    private final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();
    private final Set<Long> deleted = ConcurrentHashMap.newKeySet();
    private final Map<Integer, SeenNumbers> seen = new ConcurrentHashMap<>();
    private String told = "";

    /** What a host needs of its node. */
    public interface Link {

        /** Sends a message, to this node too; never waits. */
        void send(int node, ObjectMessage message);

        /**
         * The class loader of a jar, or of this node's class path; may wait.
         *
         * @throws IllegalStateException when there is no such code
         */
        ClassLoader load(String code);

        /** Why this node takes no more objects, in one line; null when it does. */
        @Nullable String full();
    }

    /** A host without objects. */
    public ObjectHost(int self, Link link, ExecutorService threads, LongSupplier millis) {
        this.self = self;
        this.link = link;
        this.threads = threads;
        this.millis = millis;
    }

    /** An object on this node. */
    private static final class Place {
        private final Seat seat;
        private volatile @Nullable Implementation implementation;

        Place(Seat seat, @Nullable Implementation implementation) {
            this.seat = seat;
            this.implementation = implementation;
        }
    }

    /** What is remembered while a seat changes. */
    private static final class Todo implements Seat.Out {
        private record Mail(int node, ObjectMessage message) {}

        private final List<Mail> mails = new ArrayList<>(2);
        private final List<Seat.Job> jobs = new ArrayList<>(1);

        @Override
        public void send(int node, ObjectMessage message) {
            mails.add(new Mail(node, message));
        }

        @Override
        public void run(Seat.Job job) {
            jobs.add(job);
        }
    }

    /** Tells the directory when this node is full, and when it is not any more; to be called every second or so. */
    public synchronized void gauge() {
        String full = link.full();
        String now = full == null ? "" : full;
        // While it is full, again each time: the directory may have moved to a node that has not heard.
        if (!now.isEmpty() || !told.isEmpty()) {
            link.send(Seat.DIRECTORY, new Room(now));
        }
        told = now;
    }

    private interface Change {
        void apply(Seat seat, long now, Seat.Out out);
    }

    /** A message from a node; only hands over, so any thread may call. */
    public void receive(int from, ObjectMessage message) {
        switch (message) {
            case Call m -> called(from, m);
            case Create m -> threads.execute(() -> create(m));
            case Drop m -> drop(from, m);
            case Prepare m -> prepare(from, m);
            case Prepared m -> change(m, (seat, now, out) -> seat.prepared(from, m, now, out));
            case ObjectMessage.Commit m -> change(m, (seat, now, out) -> seat.commit(m, now, out));
            case ObjectMessage.Stored m -> change(m, (seat, now, out) -> seat.stored(m, now, out));
            case ObjectMessage.Assign m -> change(m, (seat, now, out) -> seat.assign(m, now, out));
            case ObjectMessage.Retire m -> change(m, (seat, now, out) -> seat.retire(m.epoch(), out));
            default -> throw new IllegalArgumentException("a message for the directory came to a host: " + message);
        }
    }

    private void called(int from, Call call) {
        Place place = places.get(call.object());
        if (place == null) {
            link.send(from, new Answer(call.object(), call.number(), Status.NOT_HERE, Implementation.NOTHING));
        } else if (!call.exclusive() || isNew(from, call.number())) {
            change(place, (seat, now, out) -> seat.call(from, call, now, out));
        }
    }

    private boolean isNew(int from, long number) {
        SeenNumbers numbers = seen.computeIfAbsent(from, node -> new SeenNumbers());
        synchronized (numbers) {
            return numbers.add(number);
        }
    }

    private void prepare(int from, Prepare m) {
        Origin origin = m.origin();
        Place place = places.get(m.object());
        if (place == null && (origin == null || deleted.contains(m.object()))) {
            // It was told to forget the object, and the home does not know yet.
            link.send(from, new Prepared(m.object(), m.epoch(), m.version()));
            return;
        }
        if (place == null && origin != null) {
            place = places.computeIfAbsent(m.object(), id -> new Place(Seat.copy(m, origin), null));
        }
        if (place != null) {
            change(place, (seat, now, out) -> seat.prepare(from, m, out));
        }
    }

    private void drop(int from, Drop m) {
        if (m.forever()) {
            deleted.add(m.object());
        }
        places.remove(m.object());
        link.send(from, new Dropped(m.object(), m.ticket()));
    }

    private void create(Create m) {
        Created answer;
        try {
            String full = link.full();
            if (full != null) {
                throw new ProblemException(Reason.NODE_FULL, full);
            }
            Implementation implementation = Implementation.find(m.origin(), this::loader);
            byte[] state = m.state();
            Content content = state == null ? Content.live(implementation.create(m.args())) : Content.encoded(state);
            if (state != null) {
                content.open(implementation::decode);
            }
            if (!deleted.contains(m.object())) {
                places.putIfAbsent(
                        m.object(),
                        new Place(Seat.home(m.object(), m.origin(), m.epoch(), content, m.version()), implementation));
            }
            answer = new Created(m.object(), m.epoch(), implementation.name(), implementation.code(), null);
        } catch (ProblemException e) {
            answer = new Created(m.object(), m.epoch(), "", "", e.problem());
        } catch (RuntimeException | Error e) {
            answer = new Created(
                    m.object(),
                    m.epoch(),
                    "",
                    "",
                    new Problem(
                            Reason.NOT_CREATED,
                            "object " + m.origin().alias() + " cannot be made: " + Implementation.oneLine(e)));
        }
        link.send(Seat.DIRECTORY, answer);
    }

    private ClassLoader loader(String code) {
        ClassLoader known = loaders.get(code);
        if (known == null) {
            ClassLoader fetched = link.load(code);
            ClassLoader raced = loaders.putIfAbsent(code, fetched);
            known = raced == null ? fetched : raced;
        }
        return known;
    }

    private void change(ObjectMessage message, Change change) {
        Place place = places.get(message.object());
        if (place != null) {
            change(place, change);
        }
    }

    private void change(Place place, Change change) {
        var todo = new Todo();
        synchronized (place) {
            change.apply(place.seat, millis.getAsLong(), todo);
        }
        for (Todo.Mail mail : todo.mails) {
            link.send(mail.node, mail.message);
        }
        for (Seat.Job job : todo.jobs) {
            try {
                threads.execute(() -> run(place, job));
            } catch (RejectedExecutionException closing) {
                return;
            }
        }
    }

    private void run(Place place, Seat.Job job) {
        Seat.Ran ran = end(place, job);
        change(place, (seat, now, out) -> seat.ran(job, ran, now, out));
    }

    @SuppressWarnings("CatchingUnchecked") // a job must end, whatever user code did
    private Seat.Ran end(Place place, Seat.Job job) {
        try {
            Implementation implementation = implementation(place);
            Object object = job.content().open(implementation::decode);
            Call call = job.call();
            Seat.Ran ran = call != null && (call.kind() == Kind.UPDATE || call.kind() == Kind.READ)
                    ? implementation.call(object, call)
                    : new Seat.Ran(Status.RETURNED, Implementation.NOTHING, null, null);
            return job.wantsState() ? withState(ran, job, implementation, object) : ran;
        } catch (ProblemException e) {
            return failed(e.problem());
        } catch (Throwable e) {
            return failed(new Problem(Reason.FAILED, Implementation.oneLine(e)));
        }
    }

    private static Seat.Ran withState(Seat.Ran ran, Seat.Job job, Implementation implementation, Object object) {
        try {
            Call call = job.call();
            byte[] known =
                    call == null || call.kind() != Kind.UPDATE ? job.content().bytes() : null;
            byte[] state = known == null ? implementation.encode(object) : known;
            return new Seat.Ran(ran.status(), ran.data(), state, null);
        } catch (ProblemException e) {
            return new Seat.Ran(ran.status(), ran.data(), null, e.problem());
        } catch (RuntimeException | Error e) {
            return new Seat.Ran(
                    ran.status(), ran.data(), null, new Problem(Reason.NOT_ENCODABLE, Implementation.oneLine(e)));
        }
    }

    /** A call that could not run, or an encoding that failed: nothing has changed. */
    private static Seat.Ran failed(Problem problem) {
        return new Seat.Ran(Status.FAILED, Implementation.NOTHING, null, problem);
    }

    private Implementation implementation(Place place) throws ProblemException {
        Implementation known = place.implementation;
        if (known == null) {
            known = Implementation.find(place.seat.origin(), this::loader);
            place.implementation = known;
        }
        return known;
    }

    /** How many objects this node holds, copies included. */
    public int size() {
        return places.size();
    }

    /** The node's number. */
    public int self() {
        return self;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        places.clear();
        loaders.values().forEach(dev.kiln.runtime.code.WorkflowLoader::release);
    }
}
