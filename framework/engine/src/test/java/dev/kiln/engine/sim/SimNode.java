package dev.kiln.engine.sim;

import dev.kiln.engine.Command;
import dev.kiln.engine.Event;
import dev.kiln.engine.Places;
import dev.kiln.engine.Target;
import dev.kiln.engine.TaskSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A node: fetches what it lacks, runs tasks on its slots, keeps results, and answers. */
final class SimNode {

    /** What an object holds while an update in place is at work on it, and after one that threw. */
    private static final long TORN = -1;

    private final class Job {
        final Command.RunTask order;
        final TaskSpec spec;
        final long arrived;
        final Cell[] inputs;
        final List<Long> fetched = new ArrayList<>();
        /** Tasks that wait for this one's result. */
        final List<Job> followers = new ArrayList<>();

        int lacking;
        boolean over;

        Job(Command.RunTask order, TaskSpec spec) {
            this.order = order;
            this.spec = spec;
            this.arrived = arrivals++;
            this.inputs = new Cell[spec.inputs().length];
        }
    }

    final int number;
    final int slots;
    final long slowness;
    boolean alive = true;
    /** How many times as long tasks take here. */
    long pace = 1;
    /** Until when the line from the driver is busy: messages arrive in the order sent. */
    long lineFree;

    final Map<Long, Cell> resident = new HashMap<>();
    private final Map<Long, Job> jobs = new HashMap<>();
    private final PriorityQueue<Job> ready = new PriorityQueue<>(
            Comparator.<Job>comparingInt(job -> -job.spec.priority()).thenComparingLong(job -> job.arrived));
    private final Simulation world;
    private long arrivals;
    private int busy;

    SimNode(Simulation world, int number, int slots, long slowness) {
        this.world = world;
        this.number = number;
        this.slots = slots;
        this.slowness = slowness;
    }

    void drop(long value) {
        resident.remove(value);
    }

    /** Gets a copy of a value from another node. */
    void copy(long value, int from) {
        world.after(world.latency(this), () -> {
            Long found = world.read(value, from);
            long back = world.latency(this) + (found == null ? 0 : world.transfer(value));
            world.after(back, () -> {
                if (!alive) {
                    return;
                }
                if (found == null) {
                    answer(new Event.CopyFailed(value, number, from));
                    return;
                }
                if (found != world.expected(value)) {
                    throw world.wrong(value, "a copy of #" + value + " is a wrong version");
                }
                resident.putIfAbsent(value, new Cell(found));
                answer(new Event.ReplicaStored(value, number));
            });
        });
    }

    void cancel(long task, int attempt) {
        Job job = jobs.get(task);
        if (job != null && job.order.attempt() == attempt && !job.over) {
            job.over = true;
            jobs.remove(task);
            if (!ready.remove(job) && job.lacking == 0) {
                busy--;
                startNext();
            }
            reportFetched(job);
            giveBackFollowers(job);
        }
    }

    void run(Command.RunTask order, TaskSpec spec, Map<Long, Long> small) {
        var job = new Job(order, spec);
        jobs.put(spec.id(), job);
        for (int k = 0; k < job.inputs.length; k++) {
            long value = spec.inputs()[k];
            Cell here = resident.get(value);
            int from = order.from()[k];
            if (here != null) {
                job.inputs[k] = here;
            } else if (from == Places.HERE) {
                missing(job, value, from);
                return;
            } else if (from == Places.COMING) {
                Job first = jobs.get(value);
                if (first == null) {
                    giveBack(job);
                    return;
                }
                first.followers.add(job);
                job.lacking++;
            } else if (from == Places.DRIVER) {
                job.inputs[k] = new Cell(small.get(value));
            } else {
                job.lacking++;
                fetch(job, k, value, from);
            }
        }
        if (job.lacking == 0) {
            enqueue(job);
        }
    }

    private void fetch(Job job, int k, long value, int from) {
        long way = world.latency(this);
        world.after(way, () -> {
            Long found = world.read(value, from);
            long back = world.latency(this) + (found == null ? 0 : world.transfer(value));
            world.after(back, () -> arrived(job, k, value, from, found));
        });
    }

    private void arrived(Job job, int k, long value, int from, @Nullable Long found) {
        if (!alive) {
            return;
        }
        if (found == null) {
            if (!job.over) {
                missing(job, value, from);
            }
            return;
        }
        Cell cell = resident.get(value);
        if (cell == null) {
            cell = new Cell(found);
            resident.put(value, cell);
            job.fetched.add(value);
        }
        if (job.over) {
            reportFetched(job);
            return;
        }
        job.inputs[k] = cell;
        if (--job.lacking == 0) {
            enqueue(job);
        }
    }

    private void missing(Job job, long value, int from) {
        end(job);
        world.counters.inputsMissing++;
        answer(new Event.InputMissing(job.spec.id(), job.order.attempt(), number, value, from));
        giveBackFollowers(job);
    }

    private void end(Job job) {
        job.over = true;
        jobs.remove(job.spec.id(), job);
        reportFetched(job);
    }

    private void giveBack(Job job) {
        end(job);
        answer(new Event.TaskReturned(job.spec.id(), job.order.attempt(), number));
        giveBackFollowers(job);
    }

    /** There will be no result. */
    private void giveBackFollowers(Job job) {
        job.followers.stream().filter(follower -> !follower.over).forEach(this::giveBack);
    }

    /** The result exists and was answered for. */
    private void letFollow(Job job, Cell result) {
        for (Job follower : job.followers) {
            if (follower.over) {
                continue;
            }
            for (int k = 0; k < follower.inputs.length; k++) {
                if (follower.spec.inputs()[k] == job.spec.id()) {
                    follower.inputs[k] = result;
                }
            }
            world.counters.followed++;
            if (--follower.lacking == 0) {
                enqueue(follower);
            }
        }
    }

    /** Also of tasks that did not run: the node holds the copies all the same. */
    private void reportFetched(Job job) {
        for (long value : job.fetched) {
            answer(new Event.ReplicaStored(value, number));
        }
        job.fetched.clear();
    }

    private void answer(Event event) {
        world.answer(this, event);
    }

    private void enqueue(Job job) {
        ready.add(job);
        startNext();
    }

    /** Tells the driver that a task which has not begun is forgotten here; nothing when it has. */
    void takeBack(long task, int attempt) {
        Job job = jobs.get(task);
        boolean waits =
                job != null && job.order.attempt() == attempt && !job.over && (job.lacking > 0 || ready.remove(job));
        if (waits) {
            end(job);
            world.counters.takenBack++;
            answer(new Event.TaskReturned(task, attempt, number));
            giveBackFollowers(job);
        }
    }

    private long nanos(Behaviour behaviour) {
        return behaviour.nanos() * pace;
    }

    private void startNext() {
        while (alive && busy < slots && !ready.isEmpty()) {
            start(ready.remove());
        }
    }

    private void start(Job job) {
        busy++;
        world.counters.runs++;
        checkInputs(job, 0);
        Behaviour behaviour = world.behaviour(job.spec.id());
        if (behaviour.poison() && number != 0) {
            world.lose(number);
            return;
        }
        if (job.order.inPlace()) {
            job.inputs[0].checksum = TORN;
            resident.remove(job.spec.inputs()[0]);
            world.counters.inPlace++;
        }
        world.after(nanos(behaviour), () -> {
            if (alive && !job.over) {
                finish(job, behaviour);
            }
        });
    }

    private void finish(Job job, Behaviour behaviour) {
        busy--;
        world.counters.busyNanos += nanos(behaviour);
        long task = job.spec.id();
        checkInputs(job, job.order.inPlace() ? 1 : 0);
        if (behaviour.poison() || world.throwsNow(task)) {
            end(job);
            answer(new Event.TaskFailed(task, job.order.attempt(), number, "boom " + task));
            giveBackFollowers(job);
        } else {
            long[] read = new long[job.inputs.length];
            for (int k = 0; k < read.length; k++) {
                read[k] =
                        k == 0 && job.order.inPlace() ? world.expected(job.spec.inputs()[0]) : job.inputs[k].checksum;
            }
            long checksum = Cell.of(task, read);
            if (job.order.inPlace()) {
                job.inputs[0].checksum = checksum;
                resident.put(task, job.inputs[0]);
            } else {
                resident.put(task, new Cell(checksum));
            }
            if (job.spec.target() instanceof Target.Shard(int shard)) {
                world.cache.store(task, checksum, shard);
            }
            end(job);
            answer(new Event.TaskFinished(
                    task, job.order.attempt(), number, behaviour.bytes(), behaviour.small(), nanos(behaviour)));
            letFollow(job, resident.get(task));
        }
        startNext();
    }

    /** What a task sees must be the version that it was submitted on, from its beginning to its end. */
    private void checkInputs(Job job, int first) {
        for (int k = first; k < job.inputs.length; k++) {
            long value = job.spec.inputs()[k];
            if (job.inputs[k].checksum != world.expected(value)) {
                throw world.wrong(
                        value,
                        "task #" + job.spec.id() + " attempt " + job.order.attempt() + " on node " + number
                                + " sees a wrong version of #" + value);
            }
        }
    }
}
