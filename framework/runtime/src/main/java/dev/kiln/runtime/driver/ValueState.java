package dev.kiln.runtime.driver;

import dev.kiln.runtime.checkpoint.Identity;
import dev.kiln.runtime.wire.Payload;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows of one value. It is a reference to the program's ref of the whole value, so that the driver
 * hears when the program has lost all refs without deleting them; a million values need no further object for that.
 *
 * <p>{@code task}, {@code small} and {@code exception} belong to the owner of the driver's loop; {@code exception} is
 * written before {@code outcome} says that the task failed. {@code refs} is guarded by the driver's order lock, the
 * listeners by this object's monitor. {@code outcome} is written by the loop's owner under the monitor, read by all.
 */
final class ValueState extends PhantomReference<DriverRef<?>> {

    final long id;
    final String name;
    /** Its shard in the cache, or -1. */
    final int shard;

    /** Null for a value that was put, and once the task can never be needed again. */
    @Nullable TaskParts task;

    @Nullable Payload small;

    @Nullable Payload exception;

    /** What it is in every run of the program; null where there are no checkpoints. Written once, before it is shared. */
    @Nullable Identity identity;

    /** Its file in a checkpoint that an earlier run left; written by the loop's owner. */
    @Nullable String file;

    /** Whether an earlier run made it; written by the loop's owner. */
    boolean restored;

    /** Refs to it and to parts of it that the program may still use. */
    int refs = 1;

    private volatile @Nullable Outcome outcome;
    private @Nullable Listener listeners;

    ValueState(
            DriverRef<?> whole,
            ReferenceQueue<DriverRef<?>> dropped,
            long id,
            String name,
            int shard,
            @Nullable TaskParts task) {
        super(whole, dropped);
        this.id = id;
        this.name = name;
        this.shard = shard;
        this.task = task;
    }

    /** Null while it is being made. */
    @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether the program may still have refs to it, or to parts of it. */
    boolean reachable() {
        return !refersTo(null);
    }

    /** {@code name#id}, as messages call it. */
    String title() {
        return name + "#" + id;
    }

    /** Sets how it turned out, and tells those who listen. */
    void settle(Outcome how) {
        Listener told;
        synchronized (this) {
            outcome = how;
            told = listeners;
            listeners = null;
        }
        for (; told != null; told = told.next) {
            told.action.run();
        }
    }

    /** Runs the action once the value is settled; now, if it is. The action must be short. */
    void whenSettled(Runnable action) {
        synchronized (this) {
            if (outcome == null) {
                listeners = new Listener(action, listeners);
                return;
            }
        }
        action.run();
    }

    private record Listener(Runnable action, @Nullable Listener next) {}
}
