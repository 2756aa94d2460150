package dev.kiln.runtime.local;

import dev.kiln.tasks.Fn;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.spi.TaskMethod;

/**
 * Has the JVM load, on another processor and while the workflow is opened, what it takes to find the task method behind
 * a reference: reflection, annotations and the classes that it makes for both are a quarter of the time to a program's
 * first result. Finding that out early is all it does.
 */
final class Preloading {

    private Preloading() {}

    /** Begins, and does not wait. */
    static void begin() {
        Thread.ofPlatform().daemon().name("kiln-preloading").start(() -> {
            Fn.F0<Integer> reference = Preloading::nothing;
            TaskMethod.of(reference);
        });
    }

    @Task
    static int nothing() {
        return 0;
    }
}
