package dev.kiln.runtime.driver;

import dev.kiln.engine.Command;
import dev.kiln.engine.Counts;
import dev.kiln.engine.Event;
import dev.kiln.engine.Places;
import dev.kiln.engine.Scheduler;
import dev.kiln.engine.TaskSpec;
import dev.kiln.runtime.checkpoint.Identity;
import dev.kiln.runtime.checkpoint.Kept;
import dev.kiln.runtime.checkpoint.Key;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.WorkflowStats;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The driver's state: the scheduler, and what its commands are carried out with. Not thread-safe: every method is
 * called by the owner of the driver's {@link EngineLoop}, except those that tell of {@link #nodes}.
 */
final class DriverCore {

    private final ClusterLink link;
    private final Outgoing out;
    private final Deliverer deliverer;
    private final @Nullable Checkpoint checkpoint;
    private final @Nullable Saver saver;
    private final String code;
    private final Scheduler scheduler;
    private final Consumer<Command> commands = this::carryOut;
    private final ValueTable values = new ValueTable();
    private final Barriers barriers = new Barriers();
    private final TreeMap<Integer, NodeInfo> up = new TreeMap<>();
    private final Set<Integer> leaving = new HashSet<>();
    private long bytesMoved;

    /** A copy of {@link #up} for all threads, without those that leave. */
    private volatile TreeMap<Integer, NodeInfo> nodes = new TreeMap<>();

    private volatile long workflow = -1;
    private boolean closed;

    DriverCore(
            ClusterLink link,
            Outgoing out,
            String code,
            ValueCodec codec,
            EngineLoop loop,
            DriverOptions options,
            Scheduler scheduler,
            @Nullable Checkpoint checkpoint) {
        this.link = link;
        this.out = out;
        this.code = code;
        this.scheduler = scheduler;
        this.deliverer = new Deliverer(link, loop, options, codec, this::handle, this::damaged);
        this.checkpoint = checkpoint;
        this.saver = checkpoint == null ? null : new Saver(link, out, checkpoint, this::handle, deliverer::later);
    }

    /** The workflow's number is known: nodes that joined before are told of it now. */
    void attached(long number) {
        workflow = number;
        out.attached(number);
        deliverer.attached(number);
    }

    List<NodeInfo> nodes() {
        return List.copyOf(nodes.values());
    }

    /** The number of the node of this name, or -1. */
    int nodeNumber(String name) {
        for (var each : nodes.entrySet()) {
            if (each.getValue().name().equals(name)) {
                return each.getKey();
            }
        }
        return -1;
    }

    /** The numbers of nodes that are up, in order. */
    List<Integer> nodeNumbers() {
        return List.copyOf(nodes.keySet());
    }

    void submit(ValueState value, TaskSpec spec, @Nullable ValueState released) {
        values.put(value);
        barriers.submitted();
        if (checkpoint == null || !restore(checkpoint, value, spec)) {
            handle(new Event.TaskSubmitted(spec));
        }
        if (released != null) {
            release(released);
        }
    }

    /** Takes a task for done that an earlier run has done. */
    private boolean restore(Checkpoint from, ValueState value, TaskSpec spec) {
        Identity identity = value.identity;
        Checkpoint.Claim claim = identity == null ? null : from.claim(identity);
        if (identity == null || claim == null) {
            return false;
        }
        value.restored = true;
        Kept kept = claim.kept();
        if (kept == null) {
            handle(new Event.TaskRestored(spec, 0, Places.NOWHERE));
        } else if (kept.small() == null) {
            value.file = from.file(Key.of(identity)).toString();
            handle(new Event.TaskRestored(spec, kept.bytes(), Places.CHECKPOINT));
        } else {
            value.small = new Payload.Encoded(kept.small());
            handle(new Event.TaskRestored(spec, kept.bytes(), Places.DRIVER));
        }
        return true;
    }

    /** What a checkpoint of this moment is made of. */
    Checkpointer.Moment moment() {
        Checkpoint to = Objects.requireNonNull(checkpoint, "a checkpoint");
        Saver by = Objects.requireNonNull(saver, "who writes it");
        Set<Key> needed = to.unclaimedValues();
        List<Identity> updates = new ArrayList<>();
        List<CompletableFuture<@Nullable String>> saves = new ArrayList<>();
        List<Identity> done = to.takeDone();
        for (long id : scheduler.frontier(this::usable)) {
            ValueState value = values.get(id);
            Key key = Saver.key(value);
            needed.add(key);
            if (value.outcome() == null) {
                updates.add(key.identity());
            }
            if (!to.keeps(key)) {
                saves.add(by.save(value));
            }
        }
        return new Checkpointer.Moment(done, needed, updates, saves);
    }

    private boolean usable(long id) {
        ValueState value = values.find(id);
        return value == null || value.reachable();
    }

    private void damaged(ValueState value) {
        if (checkpoint != null) {
            checkpoint.damaged(Saver.key(value), null);
        }
    }

    void put(ValueState value, long bytes, int holder, Payload kept) {
        if (closed) {
            return;
        }
        values.put(value);
        if (holder == Places.DRIVER) {
            value.small = kept;
            value.settle(new Outcome.Small(kept));
        } else {
            if (holder != Places.CACHE) {
                out.send(holder, new ToNode.StoreValue(value.id, kept));
                // From now on the scheduler has other nodes get it there, whose messages may go out sooner.
                out.flush();
            }
            value.settle(Outcome.Exists.INSTANCE);
        }
        handle(new Event.ValuePut(value.id, bytes, holder, value.shard));
    }

    void release(ValueState value) {
        handle(new Event.ValueReleased(value.id));
    }

    void want(ValueState value, Delivery.Want want) {
        if (value.outcome() instanceof Outcome.Failed failed) {
            want.arrived().completeExceptionally(new Deliverer.ValueFailed(failed));
        } else if (!closed) {
            deliverer.want(value, want);
        }
    }

    void barrier(long before, CompletableFuture<@Nullable ValueState> reached) {
        barriers.add(before, reached);
    }

    List<String> where(ValueState value) {
        List<String> names = new ArrayList<>();
        for (int node : scheduler.holders(value.id)) {
            NodeInfo info = up.get(node);
            if (info != null) {
                names.add(info.name());
            }
        }
        return names;
    }

    void nodeJoined(int node, NodeInfo info) {
        if (closed) {
            return;
        }
        up.put(node, info);
        showNodes();
        out.send(node, new ToNode.OpenWorkflow(code));
        handle(new Event.NodeJoined(node, info.name(), info.slots()));
    }

    /** A node is to leave: the program sees it no more. */
    void nodeLeaving(int node) {
        if (!closed && up.containsKey(node)) {
            leaving.add(node);
            showNodes();
            handle(new Event.NodeLeaving(node));
        } else {
            out.flush();
            link.release(node, workflow);
        }
    }

    private void showNodes() {
        var shown = new TreeMap<>(up);
        shown.keySet().removeAll(leaving);
        nodes = shown;
    }

    void nodeLost(int node) {
        if (up.remove(node) != null) {
            showNodes();
            handle(new Event.NodeLost(node));
            if (saver != null) {
                saver.nodeLost(node);
            }
        }
    }

    /** Nothing can be done any more. */
    void clusterLost(String why) {
        closed = true;
        if (saver != null) {
            saver.giveUp(why);
        }
    }

    void answer(int node, ToDriver answer) {
        if (closed) {
            return;
        }
        switch (answer) {
            case ToDriver.Done done -> {
                bytesMoved += done.bytesMoved();
                for (long fetched : done.fetched()) {
                    handle(new Event.ReplicaStored(fetched, node));
                }
                ValueState value = values.find(done.task());
                if (value != null && done.small() != null) {
                    value.small = done.small();
                }
                handle(new Event.TaskFinished(
                        done.task(), done.attempt(), node, done.bytes(), done.small() != null, done.nanos()));
            }
            case ToDriver.Failed failed -> {
                ValueState value = values.find(failed.task());
                if (value != null && value.outcome() == null) {
                    value.exception = failed.exception();
                }
                handle(new Event.TaskFailed(failed.task(), failed.attempt(), node, failed.reason()));
            }
            case ToDriver.Returned returned ->
                handle(new Event.TaskReturned(returned.task(), returned.attempt(), node));
            case ToDriver.Copied copied ->
                handle(
                        copied.here()
                                ? new Event.ReplicaStored(copied.value(), node)
                                : new Event.CopyFailed(copied.value(), node, copied.from()));
            case ToDriver.InputMissing missing -> {
                ValueState value = values.find(missing.value());
                if (missing.from() == Places.CHECKPOINT && value != null) {
                    damaged(value);
                }
                handle(new Event.InputMissing(
                        missing.task(), missing.attempt(), node, missing.value(), missing.from()));
            }
            case ToDriver.Saved saved -> {
                if (saver != null) {
                    saver.answer(node, saved);
                }
            }
        }
    }

    /** Tells every node to forget the workflow. */
    void close() {
        closed = true;
        for (int node : up.keySet()) {
            out.send(node, new ToNode.CloseWorkflow());
        }
        out.flush();
    }

    WorkflowStats stats() {
        Counts counts = scheduler.counts();
        return new WorkflowStats(
                counts.submitted(),
                counts.done(),
                counts.failed(),
                counts.running(),
                counts.repeated(),
                bytesMoved,
                counts.restored());
    }

    /** How far the workflow is, on each node too. */
    WorkflowReport report() {
        return new WorkflowReport(stats(), scheduler.loads());
    }

    private void handle(Event event) {
        if (!closed) {
            scheduler.handle(event, commands);
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.RunTask run -> run(run);
            case Command.CancelTask cancel ->
                out.send(cancel.node(), new ToNode.CancelTask(cancel.task(), cancel.attempt()));
            case Command.TakeBack back -> out.send(back.node(), new ToNode.TakeBack(back.task(), back.attempt()));
            case Command.CopyValue copy -> out.send(copy.node(), new ToNode.CopyValue(copy.value(), copy.from()));
            case Command.NodeLeft left -> {
                up.remove(left.node());
                out.flush();
                link.release(left.node(), workflow);
            }
            case Command.DropValue drop -> drop(drop.place(), drop.value());
            case Command.ValueAvailable available -> available(values.get(available.value()));
            case Command.ValueFailed failed -> failed(failed);
            case Command.Deliver deliver -> {
                out.flush(); // the value may be among what was gathered
                ValueState value = values.get(deliver.value());
                if (saver == null || !saver.deliver(workflow, value, deliver.from())) {
                    deliverer.deliver(value, deliver.from());
                }
            }
            case Command.TaskForgotten forgotten -> {
                ValueState value = values.find(forgotten.task());
                if (value != null) {
                    value.task = null;
                    values.remove(value.id);
                }
            }
        }
    }

    private void run(Command.RunTask run) {
        ValueState value = values.get(run.task());
        TaskParts task = value.task;
        if (task == null) {
            throw new IllegalStateException("told to run " + value.title() + ", which was forgotten");
        }
        out.send(
                run.node(),
                new ToNode.RunTask(
                        value.id,
                        run.attempt(),
                        value.name,
                        task.method(),
                        inputs(task.inputs(), run.from()),
                        task.args(),
                        task.update(),
                        run.inPlace() && !task.keepsOld(),
                        task.priority(),
                        value.shard));
    }

    private static List<ToNode.Input> inputs(List<ValueState> values, int[] places) {
        if (values.isEmpty()) {
            return List.of();
        }
        List<ToNode.Input> inputs = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            ValueState input = values.get(i);
            int from = places[i];
            inputs.add(new ToNode.Input(
                    input.id,
                    from,
                    from == Places.CACHE ? input.shard : -1,
                    from == Places.DRIVER ? input.small : null,
                    from == Places.CHECKPOINT ? input.file : null));
        }
        return inputs;
    }

    private void drop(int place, long id) {
        ValueState value = values.find(id);
        if (place == Places.DRIVER) {
            if (value != null) {
                value.small = null;
                if (value.outcome() instanceof Outcome.Small) {
                    value.settle(Outcome.Exists.INSTANCE);
                }
            }
        } else if (place == Places.CACHE) {
            deliverer.dropFromCache(id, value == null ? -1 : value.shard);
        } else {
            out.send(place, new ToNode.DropValues(new long[] {id}));
        }
    }

    private void available(ValueState value) {
        boolean first = value.outcome() == null;
        Payload small = value.small;
        value.settle(small == null ? Outcome.Exists.INSTANCE : new Outcome.Small(small));
        if (first) {
            barriers.settled(value, false);
            if (checkpoint != null && value.task != null && value.identity != null && !value.restored) {
                checkpoint.done(value.identity);
            }
        }
    }

    private void failed(Command.ValueFailed failed) {
        ValueState value = values.get(failed.value());
        boolean first = value.outcome() == null;
        // The input that it failed for is known here when the scheduler says so, even if it is forgotten right after.
        ValueState input =
                failed.chain().size() == 1 ? null : values.find(failed.chain().get(1));
        Outcome.Failed outcome = value.outcome() instanceof Outcome.Failed known
                ? known
                : input != null && input.outcome() instanceof Outcome.Failed because
                        ? new Outcome.Failed(value.title(), because, because.reason(), because.exception())
                        : new Outcome.Failed(value.title(), null, failed.reason(), value.exception);
        value.settle(outcome);
        deliverer.fail(value, outcome);
        if (saver != null) {
            saver.fail(value);
        }
        if (first) {
            barriers.settled(value, true);
        }
    }
}
