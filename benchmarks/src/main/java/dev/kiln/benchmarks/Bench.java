package dev.kiln.benchmarks;

import dev.kiln.tasks.Workflow;
import java.util.function.LongSupplier;

/** A problem that is timed. */
interface Bench {

    /** What it is called in tables. */
    String label();

    /** How many tasks one run has; 1 where the figure is that of a single task. */
    int tasks();

    /** How many runs do not count, so that the JVM has compiled what is hot. */
    int warmUps();

    /** Whether it says something only where there is more than one node. */
    default boolean needsNodes() {
        return false;
    }

    /**
     * Runs it once.
     *
     * @param nanos as {@link System#nanoTime}
     * @return seconds
     */
    double run(Workflow workflow, LongSupplier nanos);
}
