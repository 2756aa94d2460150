package dev.kiln.runtime.local;

import dev.kiln.engine.Command;
import dev.kiln.engine.Event;
import dev.kiln.engine.Scheduler;
import dev.kiln.engine.SchedulerOptions;
import dev.kiln.engine.Target;
import dev.kiln.engine.TaskSpec;
import dev.kiln.tasks.Fn;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.spi.TaskMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the JVM load and link, on other processors and while the workflow is opened, what a program's first task needs
 * last: the way from a reference to its method, and the scheduler. Having been there before is all that this does.
 */
final class Preloading {

    private Preloading() {}

    /** Begins, and does not wait. */
    static void begin() {
        inBackground(Preloading::findMethod);
        inBackground(Preloading::schedule);
    }

    private static void inBackground(Runnable action) {
        Thread.ofPlatform().daemon().name("kiln-preloading").start(action);
    }

    private static void findMethod() {
        Fn.F0<Integer> reference = Preloading::nothing;
        TaskMethod.of(reference);
    }

    @Task
    static int nothing() {
        return 0;
    }

    /** One task from its submission to its value's end, on a scheduler that nobody else has. */
    static List<Command> schedule() {
        var rehearsal = new Scheduler(SchedulerOptions.forFounders(1).withoutMessages());
        var commands = new ArrayList<Command>();
        var task = new TaskSpec(1, "nothing", new long[0], false, Target.Anywhere.INSTANCE, 0, 0);
        for (Event event : List.of(
                new Event.NodeJoined(0, "local-0", 1),
                new Event.TaskSubmitted(task),
                new Event.ValueWanted(1),
                new Event.TaskFinished(1, 1, 0, 8, true, 1),
                new Event.ValueDelivered(1),
                new Event.ValueReleased(1))) {
            rehearsal.handle(event, commands::add);
        }
        return commands;
    }
}
