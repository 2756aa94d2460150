package dev.kiln.runtime.driver;

import dev.kiln.engine.Scheduler;
import dev.kiln.engine.SchedulerOptions;
import dev.kiln.engine.Target;
import dev.kiln.engine.TaskSpec;
import dev.kiln.runtime.checkpoint.CheckpointFolder;
import dev.kiln.runtime.checkpoint.CodeVersion;
import dev.kiln.runtime.checkpoint.Identity;
import dev.kiln.runtime.checkpoint.Key;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.ObjectClient;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.WorkflowStats;
import dev.kiln.tasks.spi.ObjectSpace;
import dev.kiln.tasks.spi.TaskCall;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open workflow: what the program asks for becomes events of the scheduler, and its commands become messages to
 * nodes.
 *
 * <p>Thread-safe. Threads of the program check what they are given, encode literals and wait here; everything else is
 * done by the owner of the {@link EngineLoop}, to whom {@link DriverCore} belongs. {@code order} is a lock held for a
 * moment while a ref is checked, marked and the event added, so that the scheduler never hears of a value's use after
 * its release. Nothing else is locked or run under it.
 */
public final class Driver implements WorkflowBackend, ClusterLink.Endpoint {

    private static final int DROPPED_AT_ONCE = 8;

    private final ClusterLink link;
    private final DriverOptions options;
    private final EngineLoop loop;
    private final DriverCore core;
    private final CallReader calls;
    private final PutValues puts;
    private final Waits waits;
    private final Results results;
    private final @Nullable ObjectSpace objects;
    private final @Nullable Checkpoint checkpoint;
    private final @Nullable Identifier identifier;
    private final @Nullable Checkpointer checkpointer;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Values whose refs the program has lost. */
    private final ReferenceQueue<DriverRef<?>> dropped = new ReferenceQueue<>();

    private final Object order = new Object();
    /** The number of the next value; guarded by {@link #order}. */
    private long nextValue = 1;

    private volatile WorkflowStats lastStats = new WorkflowStats(0, 0, 0, 0, 0, 0);
    private volatile long workflow;

    private Driver(ClusterLink link, String codeId, ClassLoader code, DriverOptions options) {
        this.link = link;
        this.options = options;
        var codec = new ValueCodec(code);
        WorkflowOptions.Checkpoint wish = options.checkpoint();
        CodeVersion version = wish == null ? null : CodeVersion.of(code);
        this.checkpoint = wish == null || version == null
                ? null
                : new Checkpoint(
                        CheckpointFolder.open(wish.folder(), version, options.notes()), codec, options.notes());
        this.identifier = version == null ? null : new Identifier(version, codec);
        this.waits = new Waits();
        var out = new Outgoing(link);
        this.loop = new EngineLoop(
                "kiln-driver",
                out::flush,
                crash -> waits.stop("the workflow broke down by an error in Kiln: " + crash, crash));
        SchedulerOptions usual =
                SchedulerOptions.forFounders(options.founders()).withOwnNode(options.ownNode());
        if (options.callbacksMayWork()) {
            usual = usual.withoutMessages();
        }
        // A checkpoint waits for updates that have been sent: none is to stand behind others at a node.
        var scheduler = new Scheduler(checkpoint == null ? usual : usual.withNothingAhead());
        this.core = new DriverCore(link, out, codeId, codec, loop, options, scheduler, checkpoint);
        this.checkpointer = checkpoint == null ? null : new Checkpointer(checkpoint, new Moments());
        this.calls = new CallReader(this, codec, link.encodes());
        this.puts = new PutValues(link, core, codec);
        this.results = new Results(codec);
        ObjectAccess access = link.objects();
        this.objects = access == null ? null : new ObjectClient(access, code, codeId);
    }

    /**
     * Opens a workflow on a cluster.
     *
     * @param codeId how nodes find the program's classes; see {@code NodeLink.load}
     * @param code the program's class loader in this JVM
     */
    public static Driver open(ClusterLink link, String codeId, ClassLoader code, DriverOptions options) {
        var driver = new Driver(link, codeId, code, options);
        driver.attach();
        if (driver.checkpointer != null && options.checkpoint() != null) {
            driver.checkpointer.begin(options.checkpoint().every());
        }
        return driver;
    }

    private void attach() {
        // Nodes may be announced before the number is known here, and their messages carry it: what the endpoint hears
        // meanwhile is added behind this action, which waits for the number.
        var number = new CompletableFuture<Long>();
        var attached = new CompletableFuture<@Nullable Void>();
        boolean owner = loop.add(() -> {
            core.attached(number.join());
            attached.complete(null);
        });
        workflow = link.attach(this);
        number.complete(workflow);
        if (owner) {
            loop.drain();
        }
        attached.join();
    }

    /** The number of this workflow in its cluster. */
    public long workflow() {
        return workflow;
    }

    // What the program asks for.

    @Override
    public Ref<?> submit(TaskCall call) {
        waits.checkOpen();
        CallReader.Read read = calls.read(call);
        Identity identity = identifier == null ? null : identifier.of(call);
        Target target = calls.target(call.placement());
        int shard = call.placement() instanceof Placement.OnShard on ? on.shard() : -1;
        long[] inputs = read.parts().inputNumbers();
        DriverRef<?> ref;
        boolean owner;
        synchronized (order) {
            waits.checkOpen();
            for (DriverRef<?> used : read.refs()) {
                used.checkUsable();
            }
            ref = new DriverRef<>(this, dropped, nextValue++, call.name(), shard, read.parts());
            ValueState value = ref.value;
            value.identity = identity;
            ValueState released = null;
            if (call.update()) {
                released = letGo(read.refs().getFirst(), new Gone(value, call.site()));
            }
            // The scheduler may only be told of an update when the program can see the old version no more.
            boolean replaces = released != null && !read.parts().keepsOld();
            ValueState old = replaces ? null : released;
            var spec = new TaskSpec(value.id, call.name(), inputs, replaces, target, call.retries(), call.priority());
            owner = loop.add(() -> core.submit(value, spec, old));
        }
        worked(owner);
        freeDropped();
        return ref;
    }

    @Override
    public <T extends @Nullable Object> Ref<T> put(T value, Placement placement) {
        waits.checkOpen();
        if (placement instanceof Placement.Near near) {
            own(near.value()).checkUsable();
        }
        PutValues.Put put = puts.prepare(value, placement, this::where);
        long id;
        synchronized (order) {
            id = nextValue++;
        }
        var ref = new DriverRef<T>(this, dropped, id, "put", put.shard(), null);
        ValueState entry = ref.value;
        puts.store(workflow, id, put);
        entry.identity = identifier == null ? null : identifier.of(value);
        boolean owner;
        synchronized (order) {
            waits.checkOpen();
            owner = loop.add(() -> core.put(entry, put.bytes(), put.holder(), put.payload()));
        }
        worked(owner);
        freeDropped();
        return ref;
    }

    @Override
    public <T extends @Nullable Object> List<Ref<T>> awaitAny(Collection<? extends Ref<T>> refs, int count) {
        return AnyOf.await(List.copyOf(refs), count, this::own, waits);
    }

    @Override
    public void barrier() {
        waits.checkOpen();
        var reached = new CompletableFuture<@Nullable ValueState>();
        boolean owner;
        synchronized (order) {
            long before = nextValue;
            owner = loop.add(() -> core.barrier(before, reached));
        }
        worked(owner);
        ValueState failed = waits.join(reached, "the tasks submitted so far");
        if (failed != null && failed.outcome() instanceof Outcome.Failed how) {
            throw results.exception(how);
        }
    }

    @Override
    public ObjectSpace objects() {
        waits.checkOpen();
        return objects == null ? WorkflowBackend.super.objects() : objects;
    }

    @Override
    public void checkpoint() {
        waits.checkOpen();
        checkpoint(null);
    }

    /**
     * As {@link #checkpoint()}, within this time, or null.
     *
     * @throws IllegalStateException when it cannot be written in time
     */
    public void checkpoint(@Nullable Duration within) {
        if (checkpointer != null && !closed.get()) {
            checkpointer.make(within);
        }
    }

    @Override
    public List<NodeInfo> nodes() {
        return core.nodes();
    }

    @Override
    public WorkflowStats stats() {
        if (closed.get()) {
            return lastStats;
        }
        return ask(core::stats, "the statistics");
    }

    @Override
    public void close() {
        close(true);
    }

    /**
     * Closes it without a last checkpoint, as when this JVM had been killed: for tests of what that leaves.
     */
    public void abandon() {
        close(false);
    }

    private void close(boolean lastCheckpoint) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (checkpointer != null) {
            checkpointer.end(lastCheckpoint);
        }
        var ended = new CompletableFuture<@Nullable Void>();
        boolean owner;
        synchronized (order) {
            owner = loop.add(() -> {
                lastStats = core.stats();
                core.close();
                loop.stop();
                ended.complete(null);
            });
        }
        worked(owner);
        waits.stop("the workflow is closed", null);
        // A crashed loop runs nothing more: then there is nothing to wait for.
        waits.settle(ended);
        try (var _ = checkpoint) {
            puts.freeAll(workflow);
        } finally {
            link.detach(workflow);
            options.afterClose().run();
        }
    }

    /** Asks the loop's owner. */
    private final class Moments implements Checkpointer.Moments {

        @Override
        public Checkpointer.Moment take() {
            return ask(core::moment, "a checkpoint");
        }

        @Override
        public void giveBack(List<Identity> done) {
            if (checkpoint != null) {
                loop.post(() -> checkpoint.giveBack(done));
            }
        }
    }

    // What refs ask for.

    @Nullable Object get(DriverRef<?> ref) {
        try {
            return get(ref, null);
        } catch (TimeoutException e) {
            throw new AssertionError("a wait without a limit timed out", e);
        }
    }

    @Nullable Object get(DriverRef<?> ref, @Nullable Duration atMost) throws TimeoutException {
        if (checkpoint != null && ref.value.identity != null) {
            waits.checkOpen();
            ref.checkUsable();
            byte[] known = checkpoint.answer(new Key(ref.value.identity, ref.part));
            if (known != null) {
                return results.decode(known);
            }
        }
        CompletableFuture<Delivery.Arrived> coming = new CompletableFuture<>();
        boolean owner = false;
        synchronized (order) {
            waits.checkOpen();
            ref.checkUsable();
            if (ref.value.outcome() instanceof Outcome.Small small) {
                coming.complete(new Delivery.Arrived(small.payload(), true));
            } else {
                owner = loop.add(() -> core.want(ref.value, new Delivery.Want(ref.part, coming)));
            }
        }
        worked(owner);
        freeDropped();
        try {
            Delivery.Arrived arrived = waits.join(coming, ref.toString(), atMost);
            Object value = results.decode(arrived, ref.part);
            if (checkpoint != null && ref.value.identity != null) {
                checkpoint.answered(new Key(ref.value.identity, ref.part), arrived, value);
            }
            return value;
        } catch (Deliverer.ValueFailed failed) {
            throw results.exception(failed.outcome);
        }
    }

    void await(DriverRef<?> ref) {
        waits.checkOpen();
        ref.checkUsable();
        if (ref.value.outcome() == null) {
            var settled = new CompletableFuture<@Nullable Void>();
            ref.value.whenSettled(() -> settled.complete(null));
            waits.join(settled, ref.toString());
        }
        if (ref.value.outcome() instanceof Outcome.Failed how) {
            throw results.exception(how);
        }
    }

    <P> Ref<P> part(DriverRef<?> whole, int index) {
        synchronized (order) {
            waits.checkOpen();
            whole.checkUsable();
            whole.value.refs++;
        }
        return new DriverRef<>(whole, index);
    }

    List<String> where(DriverRef<?> ref) {
        waits.checkOpen();
        ref.checkUsable();
        return ask(() -> core.where(ref.value), "where " + ref + " is");
    }

    void delete(DriverRef<?> ref) {
        boolean owner = false;
        synchronized (order) {
            waits.checkOpen();
            Gone before = ref.gone;
            if (before == null || !before.byDeletion()) { // deleting twice is no error
                ref.checkUsable();
                ValueState released = letGo(ref, Gone.DELETED);
                if (released != null) {
                    owner = loop.add(() -> core.release(released));
                }
            }
        }
        worked(owner);
    }

    /** Frees some values of refs that the program has lost; more than one a call, so that they do not heap up. */
    private void freeDropped() {
        for (int i = 0; i < DROPPED_AT_ONCE; i++) {
            if (!(dropped.poll() instanceof ValueState value)) {
                return;
            }
            boolean owner = false;
            synchronized (order) {
                if (value.refs > 0 && !closed.get()) {
                    value.refs = 0;
                    owner = loop.add(() -> core.release(value));
                }
            }
            worked(owner);
        }
    }

    /** Marks a ref unusable, under the lock; returns the value if the scheduler is to be told that it was the last. */
    private static @Nullable ValueState letGo(DriverRef<?> ref, Gone why) {
        ref.gone = why;
        return --ref.value.refs == 0 ? ref.value : null;
    }

    /** This workflow's ref, or an error. */
    DriverRef<?> own(Ref<?> ref) {
        if (!(ref instanceof DriverRef<?> own)) {
            throw new IllegalArgumentException("expected a ref of this workflow, found an object of " + ref.getClass());
        }
        if (own.driver != this) {
            throw new IllegalArgumentException(
                    own + " belongs to another workflow: get its value there and put it into this one");
        }
        return own;
    }

    private <R> R ask(Supplier<R> question, String what) {
        var answer = new CompletableFuture<R>();
        loop.post(() -> answer.complete(question.get()));
        return waits.join(answer, what);
    }

    private void worked(boolean owner) {
        if (owner) {
            loop.drain();
        }
        loop.help();
    }

    // What the cluster tells. These threads may belong to a transport.

    @Override
    public void nodeJoined(int node, String name, int slots) {
        hear(() -> core.nodeJoined(node, new NodeInfo(name, slots)));
    }

    @Override
    public void nodeLost(int node) {
        hear(() -> core.nodeLost(node));
    }

    @Override
    public void clusterLost(String why) {
        if (checkpointer != null) {
            checkpointer.end(false);
        }
        waits.stop(why, null);
        hear(() -> core.clusterLost(why));
    }

    @Override
    public void nodeLeaving(int node) {
        hear(() -> core.nodeLeaving(node));
    }

    @Override
    public CompletableFuture<WorkflowReport> report() {
        var report = new CompletableFuture<WorkflowReport>();
        loop.handOver(() -> report.complete(core.report()));
        return report;
    }

    @Override
    public void answers(int node, List<ToDriver> batch) {
        Runnable action = () -> {
            for (ToDriver answer : batch) {
                core.answer(node, answer);
            }
        };
        loop.take(action, options.mayWork(node));
    }

    private void hear(Runnable action) {
        loop.take(action, options.callbacksMayWork());
    }
}
