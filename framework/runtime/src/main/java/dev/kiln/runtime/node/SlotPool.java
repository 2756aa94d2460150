package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node: threads that run ready tasks. Of several workflows, the one with the fewest tasks running goes
 * first, and of those the one whose turn was longest ago; of one workflow, the task of the highest priority, and of those the
 * one with the lowest number. So no program keeps another from running, whatever it has done and however it ranks its own.
 *
 * <p>Waking a thread costs several microseconds, more than many a task. A thread that has finished a task will look for
 * the next anyway, so it counts as looking from before it answers the driver, and another is woken only when there are
 * more ready tasks than threads looking. A chain of tasks therefore stays on one thread. One that finds nothing looks a few
 * times more before it parks, and lets other threads have the processor meanwhile.
 *
 * <p>Everything mutable but {@code looking} and {@code anyReady} is guarded by this object's monitor, under which nothing
 * of others is called.
 */
final class SlotPool {

    /** Lines that are empty are removed only when there are more than this: mostly there is one, and it fills again. */
    private static final int MANY_LINES = 16;

    /** That many looks take 5 to 10 us where nobody else wants the processor, about as long as to park and be woken. */
    private static final int LOOKS = 16;

    private final List<Line> lines = new ArrayList<>();
    private int ready;
    /** Whether {@link #ready} is above 0, for those who look without the monitor; written under it, and seldom. */
    private volatile boolean anyReady;

    private long turns;
    private final List<Thread> threads = new ArrayList<>();
    /** Raised by a thread that will certainly look next, lowered under the monitor. */
    private final AtomicInteger looking;

    private int parked;
    /** Threads that were woken and have not noticed yet. */
    private int woken;

    private boolean closed;

    /** The tasks of one workflow. */
    private static final class Line {
        private final long workflow;
        private final PriorityQueue<NodeTask> tasks = new PriorityQueue<>();
        private int running;
        private long lastTurn;

        Line(long workflow) {
            this.workflow = workflow;
        }

        boolean isBefore(Line other) {
            return running != other.running ? running < other.running : lastTurn < other.lastTurn;
        }
    }

    SlotPool(String node, int slots) {
        looking = new AtomicInteger(slots);
        for (int slot = 0; slot < slots; slot++) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("kiln-" + node + "-" + slot)
                    .start(this::work));
        }
    }

    /** Tasks of one workflow that are ready. */
    synchronized void add(List<NodeTask> tasks) {
        Line line = line(tasks.getFirst().workflow.id);
        for (NodeTask task : tasks) {
            line.tasks.add(task);
            if (ready++ == 0) {
                anyReady = true;
            }
            if (ready > looking.get() && parked > 0) {
                parked--;
                looking.incrementAndGet();
                woken++;
                notify();
            }
        }
    }

    /** Ends the threads; those that run user code are interrupted. */
    synchronized void close() {
        closed = true;
        lines.clear();
        notifyAll();
        threads.forEach(Thread::interrupt);
    }

    private void work() {
        for (NodeTask task = take(null); task != null; task = take(task)) {
            ToDriver answer = task.run();
            looking.incrementAndGet();
            if (answer != null) {
                task.workflow.answer(answer);
            }
            if (task.isFollowed()) {
                task.workflow.letFollow(task);
            }
        }
    }

    /** The next task, after one that has run; null when the pool is closed. */
    private @Nullable NodeTask take(@Nullable NodeTask done) {
        NodeTask next = takeNow(done);
        if (next == null) {
            lookAgain();
            next = takeOrPark();
        }
        return next;
    }

    private synchronized @Nullable NodeTask takeNow(@Nullable NodeTask done) {
        if (done != null && !closed) {
            line(done.workflow.id).running--;
        }
        return closed ? null : poll();
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on whether another thread gets the processor
    private void lookAgain() {
        for (int look = 0; look < LOOKS && !anyReady; look++) {
            Thread.yield();
        }
    }

    private synchronized @Nullable NodeTask takeOrPark() {
        while (!closed) {
            NodeTask task = poll();
            if (task != null) {
                return task;
            }
            park();
        }
        return null;
    }

    private @Nullable NodeTask poll() {
        Line next = null;
        for (Line line : lines) {
            if (!line.tasks.isEmpty() && (next == null || line.isBefore(next))) {
                next = line;
            }
        }
        if (next == null) {
            return null;
        }
        looking.decrementAndGet();
        next.running++;
        next.lastTurn = ++turns;
        if (--ready == 0) {
            anyReady = false;
        }
        return next.tasks.poll();
    }

    private Line line(long workflow) {
        for (Line line : lines) {
            if (line.workflow == workflow) {
                return line;
            }
        }
        if (lines.size() >= MANY_LINES) {
            lines.removeIf(line -> line.tasks.isEmpty() && line.running == 0);
        }
        var line = new Line(workflow);
        line.lastTurn = turns;
        lines.add(line);
        return line;
    }

    private synchronized void park() {
        looking.decrementAndGet();
        parked++;
        while (woken == 0 && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nothing but close() and late cancels interrupt these threads; close() is seen above.
            }
        }
        if (woken > 0) {
            woken--;
        }
    }
}
