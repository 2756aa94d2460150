package dev.kiln.engine;

import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/** What is special about a program that an earlier run of it has done a part of: what that run keeps, and how this one takes it up. */
final class Restored {

    private Restored() {}

    /** Whether all inputs are known, as they are unless the program broke the rules. */
    static boolean canBeMadeAgain(TaskSpec spec, Context context) {
        for (long id : spec.inputs()) {
            if (context.entries.get(id) == null) {
                return false;
            }
        }
        return true;
    }

    /** Adds a task as one whose value exists, or existed. */
    static void add(TaskSpec spec, long bytes, int place, Context context, Values values) {
        Entry task = new Entry(spec.id(), spec, place == Places.NOWHERE ? TaskState.GONE : TaskState.DONE);
        context.entries.add(task);
        context.submitted++;
        context.done++;
        context.restored++;
        context.story.add(task, Story.What.RESTORED, place);
        task.announced = true;
        task.bytes = bytes;
        task.inCheckpoint = place == Places.CHECKPOINT;
        task.atDriver = place == Places.DRIVER;
        if (!task.atDriver) {
            values.link(task);
        }
        context.emit(new Command.ValueAvailable(task.id));
    }

    /** As {@link Scheduler#frontier}. */
    static long[] frontier(Context context, LongPredicate usable) {
        var found = LongStream.builder();
        context.entries.forEach(value -> {
            boolean needed = value.readers > 0 || value.wanted > 0 || (!value.released && usable.test(value.id));
            if (needed && value.consumer != null) {
                found.add(value.consumer.id);
            } else if (needed && !value.isPut() && value.announced && isOrComes(value.state)) {
                found.add(value.id);
            }
        });
        return found.build().distinct().toArray();
    }

    /** A value that was lost and is being made again counts too: its task is known as done, and what reads it is not. */
    private static boolean isOrComes(TaskState state) {
        return switch (state) {
            case DONE, WAITING, READY, RUNNING -> true;
            case GONE, FAILED -> false;
        };
    }
}
