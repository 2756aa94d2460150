package dev.kiln.runtime.driver;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one at a time, in the order in which they were added, on whichever thread is at hand.
 *
 * <p>An action added to a loop that rests makes its thread the owner: it runs this action and those that others add
 * meanwhile, then lets go. Nobody waits for a lock and nothing changes threads, so a chain of tasks in one JVM costs a
 * microsecond or two a step. {@code unfinished} counts actions added and not run. Who raises it from 0 is the owner;
 * who lowers it to 0 ceases to be. Those two atomic steps order everything that one owner did before everything that
 * the next one does, so what only actions touch needs no lock and no volatile.
 *
 * <p>Two bounds keep this fair. An owner that has run {@link #TURN} actions hands ownership to the loop's own thread
 * and returns to its caller. {@link #help} holds a producer back while more than {@link #MANY} actions are unfinished.
 *
 * <p>After at most {@link #TOGETHER} actions, and always before it lets go, the owner runs the loop's pause: there, what
 * the actions have gathered to be sent is sent.
 *
 * <p>See docs/adr/0004-one-owner-at-a-time.md.
 */
final class EngineLoop {

    static final int TURN = 16_384;
    private static final int MANY = 20_000;
    private static final int TOGETHER = 64;

    private final ConcurrentLinkedQueue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Runnable pause;
    private final Consumer<Throwable> onCrash;
    private final Thread own;

    // Written by whoever is the owner, read by the loop's own thread: it has been given ownership.
    private volatile boolean handedOver;
    private volatile boolean stopped;
    // The owner's alone.
    private boolean crashed;

    /**
     * A loop at rest.
     *
     * @param pause run by the owner after actions, as one itself
     * @param onCrash told once, by the owner, of what an action threw; no action runs after that
     */
    EngineLoop(String name, Runnable pause, Consumer<Throwable> onCrash) {
        this.pause = pause;
        this.onCrash = onCrash;
        this.own = Thread.ofPlatform().daemon().name(name).unstarted(this::runOwn);
        own.start();
    }

    /** Adds an action and runs it here if the loop rests. */
    void post(Runnable action) {
        if (add(action)) {
            drain(TURN);
        }
    }

    /** Adds an action that the loop's own thread will run, if no other owner does. Never runs anything here. */
    void handOver(Runnable action) {
        if (add(action)) {
            handToOwnThread();
        }
    }

    /** As {@link #post} when it may be run here, else as {@link #handOver}. */
    void take(Runnable action, boolean here) {
        if (here) {
            post(action);
        } else {
            handOver(action);
        }
    }

    /** Adds an action; when this returns true the caller has become the owner and must call {@link #drain()}. */
    boolean add(Runnable action) {
        actions.add(action);
        return unfinished.getAndIncrement() == 0;
    }

    /** The owner runs actions until there is none, or its turn is over. */
    void drain() {
        drain(TURN);
    }

    /** Waits while very many actions are unfinished. */
    void help() {
        while (unfinished.get() > MANY && !stopped) {
            LockSupport.parkNanos(50_000);
        }
    }

    /**
     * Lets the loop's own thread end; called by an action, so that every later owner knows. Actions added later still
     * run, on the threads that add them.
     */
    void stop() {
        stopped = true;
        LockSupport.unpark(own);
    }

    private void drain(int turn) {
        int known = unfinished.get();
        for (int run = 0; run < turn || stopped; ) {
            int together = Math.min(known, TOGETHER);
            for (int i = 0; i < together; i++) {
                // The count is raised after the action is in the queue, so there is one.
                runOne(actions.poll());
            }
            runOne(pause);
            run += together;
            known = unfinished.addAndGet(-together);
            if (known == 0) {
                return;
            }
        }
        handToOwnThread();
    }

    @SuppressWarnings("CatchingUnchecked") // whatever an action throws must not leave the program waiting for ever
    private void runOne(@Nullable Runnable action) {
        if (action == null || crashed) {
            return;
        }
        try {
            action.run();
        } catch (Throwable crash) {
            crashed = true;
            onCrash.accept(crash);
        }
    }

    private void handToOwnThread() {
        if (stopped) {
            drain(Integer.MAX_VALUE);
            return;
        }
        handedOver = true;
        LockSupport.unpark(own);
    }

    private void runOwn() {
        while (true) {
            if (handedOver) {
                handedOver = false;
                drain(Integer.MAX_VALUE);
            } else if (stopped) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }
}
