package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node: threads that run ready tasks, of all workflows, those of higher priority first and then in the
 * order of their numbers.
 *
 * <p>Waking a thread costs several microseconds, more than many a task. A thread that has finished a task will look for
 * the next anyway, so it counts as looking from before it answers the driver, and another is woken only when there are
 * more ready tasks than threads looking. A chain of tasks therefore stays on one thread.
 *
 * <p>Everything mutable but that count is guarded by this object's monitor, under which nothing of others is called.
 */
final class SlotPool {

    private final PriorityQueue<NodeTask> ready = new PriorityQueue<>(SlotPool::compare);
    private final List<Thread> threads = new ArrayList<>();
    /** Raised by a thread that will certainly look next, lowered under the monitor. */
    private final AtomicInteger looking;

    private int parked;
    /** Threads that were woken and have not noticed yet. */
    private int woken;

    private boolean closed;

    SlotPool(String node, int slots) {
        looking = new AtomicInteger(slots);
        for (int slot = 0; slot < slots; slot++) {
            threads.add(Thread.ofPlatform()
                    .daemon()
                    .name("kiln-" + node + "-" + slot)
                    .start(this::work));
        }
    }

    /** Less is first. */
    private static int compare(NodeTask a, NodeTask b) {
        if (a.priority != b.priority) {
            return Integer.compare(b.priority, a.priority);
        }
        return a.id != b.id ? Long.compare(a.id, b.id) : Long.compare(a.workflow.id, b.workflow.id);
    }

    synchronized void add(NodeTask task) {
        ready.add(task);
        if (ready.size() > looking.get() && parked > 0) {
            parked--;
            looking.incrementAndGet();
            woken++;
            notify();
        }
    }

    /** Ends the threads; those that run user code are interrupted. */
    synchronized void close() {
        closed = true;
        ready.clear();
        notifyAll();
        threads.forEach(Thread::interrupt);
    }

    private void work() {
        for (NodeTask task = take(); task != null; task = take()) {
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

    private synchronized @Nullable NodeTask take() {
        while (!closed) {
            NodeTask task = ready.poll();
            if (task != null) {
                looking.decrementAndGet();
                return task;
            }
            park();
        }
        return null;
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
