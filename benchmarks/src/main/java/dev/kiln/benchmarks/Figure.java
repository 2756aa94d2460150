package dev.kiln.benchmarks;

import dev.kiln.tasks.Workflow;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What was measured; costs are those of one task, and -1 where they are not known.
 *
 * @param tasks how many tasks a run has; 1 where the figure is that of a single one
 * @param seconds the median of the runs
 * @param micros of a task
 * @param cpu microseconds of processors in all JVMs, the compiler's and the collector's included
 * @param allocated bytes of objects in all JVMs
 * @param sent bytes between nodes
 * @param collecting milliseconds of garbage collection in all JVMs, for a whole run
 */
record Figure(
        String engine,
        String bench,
        int tasks,
        double seconds,
        double micros,
        double cpu,
        double allocated,
        double sent,
        double collecting) {

    /** Runs a problem, first so that it does not count. */
    static Figure of(String engine, Bench bench, Workflow workflow, int repeats, LongSupplier nanos) {
        for (int run = 0; run < bench.warmUps(); run++) {
            bench.run(workflow, nanos);
        }
        Gauge before = Gauge.of(workflow);
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            seconds[i] = bench.run(workflow, nanos);
        }
        Gauge used = Gauge.of(workflow).minus(before);
        Arrays.sort(seconds);
        double median = (seconds[(repeats - 1) / 2] + seconds[repeats / 2]) / 2;
        if (bench.tasks() == 1) {
            return plain(engine, bench.label(), median);
        }
        double all = (double) bench.tasks() * repeats;
        return new Figure(
                engine,
                bench.label(),
                bench.tasks(),
                median,
                1e6 * median / bench.tasks(),
                1e-3 * used.cpu() / all,
                used.allocated() / all,
                used.sent() / all,
                (double) used.collecting() / repeats);
    }

    /** Where nothing but time is measured. */
    static Figure plain(String engine, String bench, double seconds) {
        return new Figure(engine, bench, 1, seconds, 1e6 * seconds, -1, -1, -1, -1);
    }
}
