package dev.kiln.benchmarks;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** How long Kiln takes for tasks that do nothing: what is left is what a task costs. */
final class TaskCost {

    /** A problem: so many tasks without, or with, an edge from each to the next. */
    enum Shape {
        INDEPENDENT,
        CHAIN;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final LongSupplier nanos;
    private final int warmUp;

    /**
     * With a clock.
     *
     * @param nanos as {@link System#nanoTime}
     * @param warmUp how many tasks are run, at least, before any run is counted: the JVM compiles meanwhile what is hot
     */
    TaskCost(LongSupplier nanos, int warmUp) {
        this.nanos = nanos;
        this.warmUp = warmUp;
    }

    /** Nothing. */
    @Task
    static int nothing() {
        return 0;
    }

    /** Nothing but an edge. */
    @Task
    static int next(int before) {
        return before + 1;
    }

    /**
     * The median time, in seconds, from the first submit until all are done. Refs are held while the clock runs, as a
     * program would, and freed after.
     *
     * @param n how many tasks
     * @param repeats how many runs are counted
     */
    double medianSeconds(Workflow workflow, Shape shape, int n, int repeats) {
        for (int run = 0; run < Math.ceilDiv(warmUp, n); run++) {
            once(workflow, shape, n);
        }
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            seconds[i] = once(workflow, shape, n);
        }
        Arrays.sort(seconds);
        return (seconds[(repeats - 1) / 2] + seconds[repeats / 2]) / 2;
    }

    private double once(Workflow workflow, Shape shape, int n) {
        List<Ref<Integer>> refs = new ArrayList<>(n);
        long start = nanos.getAsLong();
        switch (shape) {
            case INDEPENDENT -> {
                for (int i = 0; i < n; i++) {
                    refs.add(workflow.task(TaskCost::nothing).submit());
                }
                workflow.barrier();
            }
            case CHAIN -> {
                Ref<Integer> last = workflow.task(TaskCost::next).submit(value(0));
                refs.add(last);
                for (int i = 1; i < n; i++) {
                    last = workflow.task(TaskCost::next).submit(last);
                    refs.add(last);
                }
                int steps = last.get();
                if (steps != n) {
                    throw new IllegalStateException("a chain of " + n + " tasks made " + steps + " steps");
                }
            }
        }
        double seconds = (nanos.getAsLong() - start) / 1e9;
        refs.forEach(Ref::delete);
        return seconds;
    }
}
