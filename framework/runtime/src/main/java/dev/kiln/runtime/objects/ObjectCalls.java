package dev.kiln.runtime.objects;

import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.objects.Entry.Route;
import dev.kiln.runtime.objects.ObjectMessage.Answer;
import dev.kiln.runtime.objects.ObjectMessage.Call;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings calls to the node where they can run, and answers back. A call that did not run is sent again; one that may
 * have run only when it may run twice. An answer to a read counts only while the node that gave it is one that reads may
 * go to: a copy that was left behind answers late and is not believed.
 *
 * <p>Thread-safe. An object's calls that wait for a home are guarded by its {@link Target}'s monitor.
 */
final class ObjectCalls {

    private final ObjectHost.Link link;
    private final LongSupplier nanos;
    private final Executor later;
    private final Map<Long, Target> targets = new ConcurrentHashMap<>();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final Set<Integer> up = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers;

    ObjectCalls(ObjectHost.Link link, LongSupplier nanos, Executor later) {
        this.link = link;
        this.nanos = nanos;
        this.later = later;
        this.numbers = new AtomicLong();
    }

    /** Where calls of an object go, and those that wait to know. */
    static final class Target {
        private volatile Route route;
        private final List<Pending> waiting = new ArrayList<>();
        final LongAdder calls = new LongAdder();
        final LongAdder nanos = new LongAdder();
        final LongAdder reads = new LongAdder();

        Target(Route route) {
            this.route = route;
        }

        private synchronized List<Pending> takeWaiting() {
            List<Pending> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        }
    }

    /** Where an object's calls go from now on; called under the directory's lock, so that routes keep their order. */
    void route(long object, Route route) {
        targets.computeIfAbsent(object, id -> new Target(route)).route = route;
    }

    /** The object is no more; called under the directory's lock. {@link #end} then ends its calls. */
    @Nullable Target remove(long object, Problem why) {
        Target target = targets.remove(object);
        if (target != null) {
            target.route = new Route(Long.MAX_VALUE, 0, List.of(), false, why);
        }
        return target;
    }

    @Nullable Target target(long object) {
        return targets.get(object);
    }

    /** Sends what waited; called without the directory's lock, after {@link #route}. */
    void changed(long object) {
        Target target = targets.get(object);
        if (target != null && (target.route.serving() || target.route.lost() != null)) {
            target.takeWaiting().forEach(this::dispatch);
        }
    }

    /** Ends the calls of an object that was removed; called without the directory's lock. */
    void end(long object, Target removed, Problem why) {
        var failed = new ObjectReply.Failed(why);
        removed.takeWaiting().forEach(call -> call.reply.complete(failed));
        for (Pending call : pending.values()) {
            if (call.request.object() == object) {
                call.reply.complete(failed);
            }
        }
    }

    CompletableFuture<ObjectReply> call(ObjectRequest.Invoke request) {
        Target target = targets.get(request.object());
        if (target == null) {
            return CompletableFuture.completedFuture(deleted(request.alias()));
        }
        var call = new Pending(request, target.route, nanos.getAsLong(), millis());
        call.reply.completeOnTimeout(timedOut(call), request.timeoutMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<ObjectReply> counted = call.reply.whenComplete((reply, failure) -> ended(call, target));
        dispatch(call);
        return counted;
    }

    private void ended(Pending call, Target target) {
        forget(call);
        target.calls.increment();
        if (call.anywhere()) {
            target.reads.increment();
        }
        target.nanos.add(nanos.getAsLong() - call.began);
    }

    private static ObjectReply deleted(String alias) {
        return new ObjectReply.Failed(new Problem(Reason.DELETED, "object " + alias + " was deleted"));
    }

    private static ObjectReply timedOut(Pending call) {
        return new ObjectReply.Failed(new Problem(
                Reason.TIMED_OUT,
                call.title() + " was not answered within "
                        + Duration.ofMillis(call.request.timeoutMillis())
                                .toString()
                                .substring(2)
                                .toLowerCase(java.util.Locale.ROOT)
                        + (call.exclusive() ? "; whether it took place is not known" : "")
                        + "; give it more time with timeout(...)"));
    }

    private void dispatch(Pending call) {
        Target target = targets.get(call.request.object());
        if (target == null) {
            call.reply.complete(deleted(call.request.alias()));
            return;
        }
        while (!call.reply.isDone()) {
            Route route = target.route;
            Problem lost = route.lost();
            if (lost != null) {
                call.reply.complete(new ObjectReply.Failed(lost));
                return;
            }
            if (!route.serving()) {
                synchronized (target) {
                    if (same(route, target.route)) {
                        target.waiting.add(call);
                        return;
                    }
                }
                continue;
            }
            send(call, route);
            return;
        }
    }

    @SuppressWarnings("ReferenceEquality") // every change makes another route
    private static boolean same(Route one, Route other) {
        return one == other;
    }

    private void send(Pending call, Route route) {
        int node = call.anywhere() ? idlest(route) : route.home();
        call.number = numbers.incrementAndGet();
        call.node = node;
        call.route = route;
        inFlight(node).incrementAndGet();
        pending.put(call.number, call);
        if (!up.contains(node)) {
            // It was lost meanwhile, and its calls were looked through before this one was among them.
            if (pending.remove(call.number) != null) {
                inFlight(node).decrementAndGet();
                later(call);
            }
            return;
        }
        ObjectRequest.Invoke request = call.request;
        link.send(
                node,
                new Call(
                        request.object(),
                        call.number,
                        request.kind(),
                        request.method(),
                        request.descriptor(),
                        request.args(),
                        Math.max(1, call.deadline - millis())));
    }

    /** The node with the fewest calls under way; of equals the home. */
    private int idlest(Route route) {
        int best = route.home();
        if (!route.copies().isEmpty()) {
            int least = inFlight(best).get();
            for (int node : route.copies()) {
                int load = inFlight(node).get();
                if (load < least || (load == least && node == 0)) {
                    best = node;
                    least = load;
                }
            }
        }
        return best;
    }

    private AtomicInteger inFlight(int node) {
        return inFlight.computeIfAbsent(node, n -> new AtomicInteger());
    }

    private void forget(Pending call) {
        if (pending.remove(call.number) != null) {
            inFlight(call.node).decrementAndGet();
        }
    }

    private void later(Pending call) {
        later.execute(() -> dispatch(call));
    }

    /** A node answered. */
    void answered(int from, Answer answer) {
        Pending call = pending.get(answer.number());
        if (call == null || call.node != from || pending.remove(answer.number()) == null) {
            return;
        }
        inFlight(from).decrementAndGet();
        switch (answer.status()) {
            case NOT_HERE -> again(call);
            case EXPIRED -> call.reply.complete(timedOut(call));
            case FAILED -> {
                Problem problem = ObjectWire.problem(new ByteSource(answer.data()));
                call.reply.complete(new ObjectReply.Failed(
                        problem == null ? new Problem(Reason.FAILED, call.title() + " failed") : problem));
            }
            case RETURNED, THREW -> {
                if (call.anywhere() && !stillReadable(call, from)) {
                    again(call);
                } else {
                    call.reply.complete(new ObjectReply.Value(answer.status(), answer.data()));
                }
            }
        }
    }

    private boolean stillReadable(Pending call, int node) {
        Target target = targets.get(call.request.object());
        if (target == null) {
            return false;
        }
        Route now = target.route;
        return same(now, call.route)
                || (now.serving()
                        && now.epoch() == call.route.epoch()
                        && (now.home() == node || now.copies().contains(node)));
    }

    /** It did not run, or read where it should not have. */
    private void again(Pending call) {
        Target target = targets.get(call.request.object());
        if (target != null && same(target.route, call.route)) {
            later(call);
        } else {
            dispatch(call);
        }
    }

    void nodeUp(int node) {
        up.add(node);
    }

    /** Called after routes were changed. */
    void nodeLost(int node, String name) {
        up.remove(node);
        for (Pending call : List.copyOf(pending.values())) {
            if (call.node != node || pending.remove(call.number) == null) {
                continue;
            }
            inFlight(node).decrementAndGet();
            if (call.request.repeatable() || !call.exclusive()) {
                dispatch(call);
            } else {
                call.reply.complete(new ObjectReply.Failed(new Problem(
                        Reason.OUTCOME_UNKNOWN,
                        name + " was lost while " + call.title()
                                + " ran there: whether it took place is not known; mark the method @Idempotent to have it"
                                + " sent again")));
            }
        }
    }

    /** Ends every call. */
    void close() {
        Problem closed = new Problem(Reason.UNREACHABLE, "the cluster is closed");
        List.copyOf(pending.values()).forEach(call -> call.reply.complete(new ObjectReply.Failed(closed)));
        for (Target target : targets.values()) {
            target.takeWaiting().forEach(call -> call.reply.complete(new ObjectReply.Failed(closed)));
        }
    }

    private long millis() {
        return nanos.getAsLong() / 1_000_000;
    }
}
