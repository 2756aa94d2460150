package dev.kiln.engine.sim;

import dev.kiln.engine.Command;
import dev.kiln.engine.Event;
import dev.kiln.engine.Places;
import dev.kiln.engine.Scheduler;
import dev.kiln.engine.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scheduler against a cluster in virtual time. A value is a checksum of the task that made it and of all that
 * the task read, so that a wrong version, an object changed under a reader's eyes, or a result of a task run on wrong
 * inputs is found where it happens. The same seed gives the same run.
 *
 * <p>Not thread-safe.
 */
public final class Simulation {

    private static final int TOO_MANY_EVENTS = 20_000_000;

    private record Due(long time, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
        }
    }

    public final SplittableRandom random;
    public final Counters counters = new Counters();
    public final Scheduler scheduler;
    final SimCache cache;

    private final Settings settings;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>();
    private final List<SimNode> nodes = new ArrayList<>();
    private long now;
    private long order;

    private final Map<Long, TaskSpec> specs = new HashMap<>();
    private final Map<Long, Behaviour> behaviours = new HashMap<>();
    private final Map<Long, Integer> throwsLeft = new HashMap<>();
    private final Map<Long, Long> expected = new HashMap<>();
    private final Map<Long, Long> atDriver = new HashMap<>();
    private final Map<Long, Integer> attempts = new HashMap<>();
    private final Map<Long, Integer> openWants = new HashMap<>();
    private final Map<Long, Command.ValueFailed> failures = new HashMap<>();
    private final Map<Long, Boolean> available = new HashMap<>();

    public Simulation(long seed, Settings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
        this.scheduler = new Scheduler(settings.scheduler());
        this.cache = new SimCache(settings.scheduler().founders(), n -> n < nodes.size() && nodes.get(n).alive);
        for (int n = 0; n < settings.nodes(); n++) {
            join();
        }
    }

    // The program's side.

    /** A task; its number has to be new and its inputs' not. */
    public void submit(TaskSpec spec, Behaviour behaviour) {
        specs.put(spec.id(), spec);
        behaviours.put(spec.id(), behaviour);
        throwsLeft.put(spec.id(), behaviour.throwsFirst());
        long[] read = new long[spec.inputs().length];
        for (int k = 0; k < read.length; k++) {
            read[k] = expected(spec.inputs()[k]);
        }
        expected.put(spec.id(), Cell.of(spec.id(), read));
        tell(new Event.TaskSubmitted(spec));
    }

    /** A value put on a node, in the cache under a shard, or at the driver. */
    public void put(long value, long bytes, int holder, int shard) {
        long checksum = Cell.of(value, new long[0]);
        expected.put(value, checksum);
        behaviours.put(value, Behaviour.plain(0, bytes));
        if (holder >= 0) {
            nodes.get(holder).resident.put(value, new Cell(checksum));
        } else if (holder == Places.DRIVER) {
            atDriver.put(value, checksum);
        }
        if (shard >= 0) {
            cache.store(value, checksum, shard);
        }
        tell(new Event.ValuePut(value, bytes, holder, shard));
    }

    public void want(long value) {
        openWants.merge(value, 1, Integer::sum);
        tell(new Event.ValueWanted(value));
    }

    public void release(long value) {
        tell(new Event.ValueReleased(value));
    }

    /** Why a value failed, or null if it did not. */
    public Command.@Nullable ValueFailed failure(long value) {
        return failures.get(value);
    }

    /** Whether a value was said to exist. */
    public boolean wasAvailable(long value) {
        return available.containsKey(value);
    }

    // The cluster's side.

    /** Another node. */
    public int join() {
        int number = nodes.size();
        int slots = settings.slots() > 0 ? settings.slots() : 1 + random.nextInt(3);
        long slowness = settings.chaos() && random.nextInt(5) == 0 ? 20 : 1;
        nodes.add(new SimNode(this, number, slots, slowness));
        tell(new Event.NodeJoined(number, "n" + number, slots));
        return number;
    }

    /** A node is gone at once; the scheduler hears of it a little later. */
    public void lose(int... numbers) {
        for (int number : numbers) {
            SimNode node = nodes.get(number);
            if (node.alive) {
                node.alive = false;
                counters.nodesLost++;
                after(random.nextLong(1, 20) * settings.latencyNanos(), () -> tell(new Event.NodeLost(number)));
            }
        }
        cache.lost();
    }

    /** A node is to leave in order. */
    public void leave(int number) {
        if (nodes.get(number).alive) {
            tell(new Event.NodeLeaving(number));
        }
    }

    /** It is gone at once, and all that it had; the scheduler hears of that as well, later. */
    private void left(SimNode node) {
        if (node.alive) {
            node.alive = false;
            counters.nodesLeft++;
            cache.lost();
            after(random.nextLong(1, 20) * settings.latencyNanos(), () -> tell(new Event.NodeLost(node.number)));
        }
    }

    /** From now on tasks take so many times as long on that node. */
    public void slow(int number, int times) {
        nodes.get(number).pace = times;
    }

    public List<Integer> alive() {
        return nodes.stream()
                .filter(node -> node.alive)
                .map(node -> node.number)
                .toList();
    }

    public long now() {
        return now;
    }

    /** Does something after a while. */
    public void after(long nanos, Runnable action) {
        agenda.add(new Due(now + nanos, order++, action));
    }

    /** Runs until nothing happens any more. */
    public void run() {
        for (Due due = agenda.poll(); due != null; due = agenda.poll()) {
            now = due.time();
            due.action().run();
            if (counters.events > TOO_MANY_EVENTS) {
                throw new AssertionError("no end after " + counters.events + " events");
            }
        }
    }

    /** What has to hold when nothing happens any more. */
    public void checkAtRest() {
        openWants.forEach((value, count) -> {
            if (count != 0) {
                throw wrong(value, "a get of #" + value + " was never answered");
            }
        });
        specs.keySet().forEach(task -> {
            if (!wasAvailable(task) && !failures.containsKey(task)) {
                throw wrong(task, "task #" + task + " neither ended nor failed");
            }
        });
    }

    /** What has to hold when the program has let go of everything besides. */
    public void checkAllForgotten() {
        if (scheduler.remembered() != 0) {
            throw new AssertionError(scheduler.remembered() + " tasks are remembered though nothing can need them");
        }
        for (SimNode node : nodes) {
            if (node.alive && !node.resident.isEmpty()) {
                long value = node.resident.keySet().iterator().next();
                throw wrong(value, "node " + node.number + " still holds #" + value);
            }
        }
        for (long value : cache.values()) {
            throw wrong(value, "the cache still holds #" + value);
        }
        for (long value : atDriver.keySet()) {
            throw wrong(value, "the driver still holds #" + value);
        }
    }

    // Between the two.

    private void tell(Event event) {
        counters.events++;
        List<Command> commands = new ArrayList<>();
        scheduler.handle(event, commands::add);
        if (settings.validate()) {
            scheduler.validate();
        }
        commands.forEach(this::execute);
    }

    private void execute(Command command) {
        switch (command) {
            case Command.RunTask c -> {
                int last = attempts.getOrDefault(c.task(), 0);
                if (c.attempt() <= last) {
                    throw wrong(c.task(), "attempt " + c.attempt() + " after " + last);
                }
                attempts.put(c.task(), c.attempt());
                TaskSpec spec = specs.get(c.task());
                Map<Long, Long> small = new HashMap<>();
                for (int k = 0; k < c.from().length; k++) {
                    long input = spec.inputs()[k];
                    if (c.from()[k] == Places.DRIVER) {
                        small.put(input, driverHas(input));
                    }
                }
                send(c.node(), node -> node.run(c, spec, small));
            }
            case Command.CancelTask(int node, long task, int attempt) -> {
                counters.cancelled++;
                send(node, n -> n.cancel(task, attempt));
            }
            case Command.TakeBack(int node, long task, int attempt) -> send(node, n -> n.takeBack(task, attempt));
            case Command.CopyValue(int node, long value, int from) -> send(node, n -> n.copy(value, from));
            case Command.NodeLeft(int node) -> left(nodes.get(node));
            case Command.DropValue(int place, long value) -> {
                switch (place) {
                    case Places.CACHE -> cache.drop(value);
                    case Places.DRIVER -> {
                        driverHas(value);
                        atDriver.remove(value);
                    }
                    default -> send(place, node -> node.drop(value));
                }
            }
            case Command.ValueAvailable(long value) -> {
                if (available.put(value, true) != null) {
                    throw wrong(value, "#" + value + " exists for the first time, twice");
                }
            }
            case Command.ValueFailed c -> {
                counters.failed++;
                failures.put(c.value(), c);
                openWants.put(c.value(), 0);
            }
            case Command.Deliver(long value, int from) -> deliver(value, from);
            case Command.TaskForgotten _ -> {}
        }
    }

    private long driverHas(long value) {
        Long found = atDriver.get(value);
        if (found == null) {
            throw wrong(value, "the driver is asked for #" + value + ", which it does not have");
        }
        return found;
    }

    private void deliver(long value, int from) {
        if (from == Places.DRIVER) {
            driverHas(value);
        }
        long way = from >= 0 ? latency(nodes.get(from)) : settings.latencyNanos();
        after(way, () -> {
            Long found = from == Places.DRIVER ? atDriver.get(value) : read(value, from);
            if (found == null) {
                after(way, () -> tell(new Event.DeliveryFailed(value, from)));
                return;
            }
            if (found != expected(value)) {
                throw wrong(value, "a get of #" + value + " brings a wrong version");
            }
            after(way + transfer(value), () -> {
                counters.delivered++;
                openWants.merge(value, -1, (open, one) -> Math.max(0, open + one));
                tell(new Event.ValueDelivered(value));
            });
        });
    }

    private void send(int number, java.util.function.Consumer<SimNode> message) {
        SimNode node = nodes.get(number);
        node.lineFree = Math.max(node.lineFree + 1, now + latency(node));
        after(node.lineFree - now, () -> {
            if (node.alive) {
                message.accept(node);
            }
        });
    }

    /** A node's answer is on its way, and arrives even if the node is lost meanwhile. */
    void answer(SimNode node, Event event) {
        if (event instanceof Event.TaskFinished finished && finished.withDriver()) {
            // The value is part of the message, so the driver has it as soon as the scheduler is told.
            answerWith(node, event, () -> atDriver.put(finished.task(), expected(finished.task())));
        } else {
            answerWith(node, event, () -> {});
        }
    }

    private void answerWith(SimNode node, Event event, Runnable first) {
        if (!settings.chaos()) {
            after(settings.latencyNanos(), () -> tellWith(event, first));
            return;
        }
        boolean late = random.nextInt(30) == 0;
        after((late ? 30 : 1) * latency(node), () -> tellWith(event, first));
        if (random.nextInt(15) == 0) {
            after(random.nextLong(1, 60) * latency(node), () -> tellWith(event, first));
        }
    }

    private void tellWith(Event event, Runnable first) {
        first.run();
        tell(event);
    }

    // What nodes ask of their world.

    @Nullable Long read(long value, int from) {
        if (from == Places.CACHE) {
            return cache.get(value);
        }
        SimNode source = nodes.get(from);
        Cell cell = source.alive ? source.resident.get(value) : null;
        return cell == null ? null : cell.checksum;
    }

    long latency(SimNode node) {
        return node.slowness * (settings.latencyNanos() + random.nextLong(settings.latencyNanos() + 1));
    }

    long transfer(long value) {
        long bytes = behaviour(value).bytes();
        counters.bytesMoved += bytes;
        return (long) (bytes * settings.nanosPerByte());
    }

    Behaviour behaviour(long task) {
        return behaviours.get(task);
    }

    boolean throwsNow(long task) {
        int left = throwsLeft.get(task);
        if (left > 0) {
            counters.threw++;
            throwsLeft.put(task, left == Behaviour.ALWAYS ? left : left - 1);
        }
        return left > 0;
    }

    long expected(long value) {
        Long checksum = expected.get(value);
        if (checksum == null) {
            throw new AssertionError("#" + value + " was never submitted or put");
        }
        return checksum;
    }

    AssertionError wrong(long task, String what) {
        return new AssertionError(what + "\n" + scheduler.story(task));
    }
}
