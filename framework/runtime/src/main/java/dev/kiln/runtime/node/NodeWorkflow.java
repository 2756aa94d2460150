package dev.kiln.runtime.node;

import dev.kiln.engine.Places;
import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One workflow on one node: its code, the values that the node holds, and the tasks that wait for values.
 *
 * <p>What changes is guarded by this object's monitor, held for moments only. Nothing is encoded, decoded, fetched or
 * answered under it; what has to be done is gathered in {@link Todo} and done after.
 */
final class NodeWorkflow {

    final long id;
    private final NodeOptions node;
    private final NodeLink link;
    private final SlotPool slots;
    private final Executor io;
    /** One at a time: each has a value encoded in memory. */
    private final OneByOne saves;

    // Guarded by this.
    private final LongTable<Payload.Live> resident = new LongTable<>();
    private final LongTable<NodeTask> tasks = new LongTable<>();
    private final Fetches fetches = new Fetches();
    /** Tasks that came before the code was here. */
    private List<NodeTask> held = new ArrayList<>();
    /** Copies that were ordered before the code was here. */
    private List<ToNode.CopyValue> heldCopies = new ArrayList<>();
    /** Values fetched that the driver does not know to be here. */
    private final Unreported unreported = new Unreported();

    private @Nullable String broken;
    private boolean closed;

    /** Written once, under the monitor, before the first task is ready. */
    private volatile @Nullable TaskRunner runner;

    NodeWorkflow(long id, NodeOptions node, NodeLink link, SlotPool slots, Executor io) {
        this.id = id;
        this.node = node;
        this.link = link;
        this.slots = slots;
        this.io = io;
        this.saves = new OneByOne(io);
    }

    /** Gets the workflow's code; tasks that come meanwhile are held. */
    void open(String code) {
        if (link.encodes()) {
            io.execute(() -> load(code));
        } else {
            load(code);
        }
    }

    private void load(String code) {
        TaskRunner loaded = null;
        String problem = null;
        try {
            ClassLoader loader = link.load(code);
            loaded = new TaskRunner(id, loader, new ValueCodec(loader), link);
        } catch (RuntimeException | LinkageError e) {
            problem = TaskRunner.oneLine(e);
        }
        var todo = new Todo();
        synchronized (this) {
            runner = loaded;
            broken = problem;
            if (closed) {
                TaskRunner.release(loaded);
            }
            List<NodeTask> waiting = held;
            held = List.of();
            waiting.forEach(task -> gather(task, todo));
            List<ToNode.CopyValue> copies = heldCopies;
            heldCopies = List.of();
            copies.forEach(order -> copy(order, todo));
        }
        perform(todo);
    }

    void receive(List<ToNode> messages) {
        var todo = new Todo();
        synchronized (this) {
            if (closed) {
                return;
            }
            for (int i = 0; i < messages.size(); i++) {
                receive(messages.get(i), todo);
            }
        }
        perform(todo);
    }

    private void receive(ToNode message, Todo todo) {
        switch (message) {
            case ToNode.RunTask order -> {
                NodeTask known = tasks.get(order.task());
                // A message that came twice, or overtook a later attempt, changes nothing.
                if (known == null || known.order.attempt() < order.attempt()) {
                    var task = new NodeTask(this, order);
                    tasks.put(task.id, task);
                    if (runner == null && broken == null) {
                        held.add(task);
                    } else {
                        gather(task, todo);
                    }
                }
            }
            case ToNode.CancelTask cancel -> {
                NodeTask task = tasks.get(cancel.task());
                if (task != null && task.order.attempt() == cancel.attempt()) {
                    cancel(task);
                    giveBackFollowers(task, todo);
                }
            }
            case ToNode.TakeBack back -> {
                NodeTask task = tasks.get(back.task());
                if (task != null && task.order.attempt() == back.attempt() && task.cancelUnlessBegun()) {
                    end(task, returned(task), todo);
                }
            }
            case ToNode.CopyValue order -> {
                if (runner == null && broken == null) {
                    heldCopies.add(order);
                } else {
                    copy(order, todo);
                }
            }
            case ToNode.StoreValue order -> {
                if (order.payload() instanceof Payload.Live live) {
                    resident.put(order.value(), live);
                } else {
                    todo.store(order);
                }
            }
            case ToNode.SaveValue order -> todo.save(order);
            case ToNode.DropValues drop -> {
                for (long value : drop.values()) {
                    resident.remove(value);
                    unreported.remove(value);
                }
            }
            case ToNode.OpenWorkflow _, ToNode.CloseWorkflow _ -> {}
        }
    }

    private synchronized Payload.@Nullable Live find(long value) {
        return resident.get(value);
    }

    synchronized int residentValues() {
        return resident.size();
    }

    synchronized void close() {
        closed = true;
        tasks.values().forEach(this::cancel);
        resident.clear();
        fetches.clear();
        held = List.of();
        TaskRunner.release(runner);
    }

    CompletableFuture<@Nullable Payload> serve(long value, int part) {
        Payload.Live found = find(value);
        TaskRunner code = runner;
        if (found == null || code == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (!link.encodes() && part == Fetch.WHOLE) {
            return CompletableFuture.completedFuture(new Payload.Live(found.value(), found.bytes()));
        }
        return CompletableFuture.supplyAsync(() -> code.payload(found, part), link.encodes() ? io : Runnable::run);
    }

    @Nullable ByteSink encoded(long value, int part) {
        Payload.Live found = find(value);
        TaskRunner code = runner;
        return found == null || code == null ? null : code.encoded(found, part);
    }

    void answer(ToDriver answer) {
        link.answer(id, answer);
    }

    /** Runs a task on the calling slot; null when no answer is owed. */
    @Nullable ToDriver run(NodeTask task) {
        TaskRunner code = runner;
        long start = System.nanoTime();
        if (code == null || !task.begin()) {
            return null;
        }
        if (task.order.update() && task.order.inPlace()) {
            synchronized (this) {
                // From here on the old version is no more.
                resident.remove(task.order.inputs().getFirst().value());
            }
        }
        TaskRunner.Result result = code.run(task);
        synchronized (this) {
            forget(task);
            if (task.isCancelled() || closed) {
                return null;
            }
            if (result instanceof TaskRunner.Result.Made made) {
                resident.put(task.id, made.kept());
                unreported.remove(task.id);
                return new ToDriver.Done(
                        task.id,
                        task.order.attempt(),
                        made.bytes(),
                        made.small(),
                        unreported.take(),
                        task.bytesMoved,
                        System.nanoTime() - start);
            }
            var threw = (TaskRunner.Result.Threw) result;
            return new ToDriver.Failed(task.id, task.order.attempt(), threw.reason(), threw.exception());
        }
    }

    private void cancel(NodeTask task) {
        task.cancel();
        forget(task);
    }

    @SuppressWarnings("ReferenceEquality") // another run of it may have come since
    private void forget(NodeTask task) {
        if (tasks.get(task.id) == task) {
            tasks.remove(task.id);
        }
    }

    // Getting inputs; under the monitor.

    private void gather(NodeTask task, Todo todo) {
        if (task.isCancelled() || closed) {
            return;
        }
        if (broken != null) {
            end(task, new ToDriver.Failed(task.id, task.order.attempt(), broken, null), todo);
            return;
        }
        List<ToNode.Input> inputs = task.order.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            ToNode.Input input = inputs.get(i);
            if (input.small() != null) {
                continue;
            }
            Payload.Live here = resident.get(input.value());
            if (here != null) {
                task.inputs[i] = here.value();
                task.present[i] = true;
                continue;
            }
            if (input.from() == Places.COMING) {
                NodeTask first = tasks.get(input.value());
                if (first == null) {
                    end(task, returned(task), todo);
                    return;
                }
                first.followedBy(task);
                continue;
            }
            Set<Integer> parts = Needs.partsOf(task.order, i);
            for (int part : parts) {
                if (!expect(task, input, part, todo)) {
                    missing(task, input.value(), input.from(), todo);
                    return;
                }
            }
        }
        if (task.missing == 0) {
            todo.run(task);
        }
    }

    /** Makes the task wait for a fetch, begun now unless it is under way; false when there is nowhere to ask. */
    private boolean expect(NodeTask task, ToNode.Input input, int part, Todo todo) {
        Fetch fetch = fetches.find(new Fetch.Key(input.value(), Fetch.WHOLE));
        if (fetch == null) {
            boolean stored = input.from() == Places.CACHE || input.from() == Places.CHECKPOINT;
            var key = new Fetch.Key(input.value(), stored ? Fetch.WHOLE : part);
            fetch = fetches.find(key);
            if (fetch == null) {
                if (!stored && (input.from() < 0 || input.from() == node.rank())) {
                    return false;
                }
                fetch = new Fetch(key, input.from(), input.shard(), input.file());
                fetches.add(fetch, todo);
            }
        }
        if (!fetch.waiting.contains(task)) {
            fetch.waiting.add(task);
            task.missing++;
        }
        return true;
    }

    private void copy(ToNode.CopyValue order, Todo todo) {
        if (closed || broken != null || resident.get(order.value()) != null) {
            todo.answer(copied(order));
            return;
        }
        var key = new Fetch.Key(order.value(), Fetch.WHOLE);
        Fetch fetch = fetches.find(key);
        if (fetch != null) {
            fetch.order = order;
            return;
        }
        fetch = new Fetch(key, order.from(), -1);
        fetch.order = order;
        fetches.add(fetch, todo);
    }

    private ToDriver copied(ToNode.CopyValue order) {
        return new ToDriver.Copied(order.value(), order.from(), resident.get(order.value()) != null);
    }

    private void missing(NodeTask task, long value, int from, Todo todo) {
        end(task, new ToDriver.InputMissing(task.id, task.order.attempt(), value, from), todo);
    }

    private static ToDriver returned(NodeTask task) {
        return new ToDriver.Returned(task.id, task.order.attempt());
    }

    /** A task ends before it began; those that wait for its result here, and for theirs, go back to the driver. */
    private void end(NodeTask task, ToDriver answer, Todo todo) {
        cancel(task);
        todo.answer(answer);
        giveBackFollowers(task, todo);
    }

    private void giveBackFollowers(NodeTask first, Todo todo) {
        var ended = new ArrayDeque<NodeTask>(List.of(first)); // a chain may be too long to go down by calls
        while (!ended.isEmpty()) {
            for (NodeTask task : ended.remove().takeFollowers()) {
                cancel(task);
                todo.answer(returned(task));
                ended.add(task);
            }
        }
    }

    /** A task that ran was answered for: those that wait for its result begin, or go back when there is none. */
    void letFollow(NodeTask first) {
        var todo = new Todo();
        synchronized (this) {
            Payload.Live result = resident.get(first.id);
            if (result == null) {
                giveBackFollowers(first, todo);
            } else {
                for (NodeTask task : first.takeFollowers()) {
                    task.arrived(new Fetch.Key(first.id, Fetch.WHOLE), result.value());
                    if (--task.missing == 0) {
                        todo.run(task);
                    }
                }
            }
        }
        perform(todo);
    }

    // Fetching; without the monitor.

    private void begin(Fetch fetch) {
        BlockCache cache = link.cache();
        TaskRunner code = runner;
        if (fetch.from == Places.CHECKPOINT) {
            CheckpointIo.begin(io, () -> arrived(fetch, CheckpointIo.read(fetch.file), null, false));
            return;
        }
        if (fetch.from == Places.CACHE && cache != null) {
            io.execute(() -> {
                byte[] data;
                try {
                    data = cache.get(id, fetch.key.value(), fetch.shard);
                } catch (RuntimeException e) {
                    data = null; // as good as not there: the driver decides what then
                }
                arrived(fetch, data == null ? null : new Payload.Encoded(data), null, !cache.isLocal(fetch.shard));
            });
        } else if (code != null) {
            var _ = link.fetch(fetch.from, id, fetch.key.value(), fetch.key.part(), code.codec())
                    .whenComplete((payload, problem) -> {
                        // What is decoded already was so by a thread of Kiln's; others must not be kept.
                        Executor on = payload instanceof Payload.Live || !link.encodes() ? Runnable::run : io;
                        on.execute(() -> arrived(fetch, payload, problem, true));
                    });
        }
    }

    private void arrived(Fetch fetch, @Nullable Payload payload, @Nullable Throwable failed, boolean moved) {
        Payload.Live got = null;
        // A connection that was cut is as good as a value that is not there: the driver decides what then.
        String problem = Fetch.undecoded(failed);
        TaskRunner code = runner;
        if (payload != null && code != null) {
            try {
                got = code.open(payload);
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                problem = Fetch.undecodable(e);
            }
        }
        var todo = new Todo();
        synchronized (this) {
            if (!fetches.ended(fetch, todo) || closed) {
                return;
            }
            // When nobody wants it any more the driver may have let the holder change it while it was sent.
            boolean wanted = fetch.order != null || fetch.waiting.stream().anyMatch(task -> !task.isCancelled());
            if (got != null
                    && wanted
                    && fetch.key.part() == Fetch.WHOLE
                    && resident.putIfAbsent(fetch.key.value(), got) == null) {
                unreported.add(fetch.key.value());
            }
            if (fetch.order != null) {
                todo.answer(copied(fetch.order));
            }
            boolean first = moved;
            for (NodeTask task : fetch.waiting) {
                if (task.isCancelled()) {
                    continue;
                }
                if (got != null) {
                    task.bytesMoved += first ? got.bytes() : 0;
                    first = false;
                    task.arrived(fetch.key, got.value());
                    if (--task.missing == 0) {
                        todo.run(task);
                    }
                } else if (problem != null) {
                    end(task, new ToDriver.Failed(task.id, task.order.attempt(), problem, null), todo);
                } else {
                    missing(task, fetch.key.value(), fetch.from, todo);
                }
            }
        }
        perform(todo);
    }

    private void perform(Todo todo) {
        if (!todo.ready.isEmpty()) {
            slots.add(todo.ready);
        }
        if (todo.isMore()) {
            performMore(todo);
        }
    }

    private void performMore(Todo todo) {
        todo.fetches.forEach(this::begin);
        todo.answers.forEach(this::answer);
        todo.saves.forEach(this::save);
        todo.stores.forEach(this::store);
    }

    private void save(ToNode.SaveValue order) {
        Payload.Live found = find(order.value());
        TaskRunner code = runner;
        if (found == null || code == null) {
            answer(new ToDriver.Saved(order.value(), ToDriver.Saved.Result.MISSING, 0, null));
        } else {
            saves.add(() -> answer(CheckpointIo.save(order, found, code)));
        }
    }

    private void store(ToNode.StoreValue stored) {
        // Behind the loading of the code; tasks that read it meanwhile are told that it is missing and come again.
        io.execute(() -> {
            TaskRunner code = runner;
            if (code != null) {
                Payload.Live got = code.open(stored.payload());
                synchronized (this) {
                    if (!closed) {
                        resident.put(stored.value(), got);
                    }
                }
            }
        });
    }
}
