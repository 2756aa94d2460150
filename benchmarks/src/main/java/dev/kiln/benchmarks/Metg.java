package dev.kiln.benchmarks;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The minimum effective task granularity of a stencil: how short tasks may be until half of the machine's time is lost.
 *
 * <p>After Slaughter et al., "Task Bench: A Parameterized Benchmark for Evaluating Parallel Runtime Performance" (SC
 * 2020), section IV: efficiency is the rate of useful work over the machine's peak rate, the granularity of a task is
 * the wall time times the cores over the number of tasks, and METG(50 %) is the smallest granularity at which the
 * efficiency is at least one half. Here the peak is the same work in one thread, times the slots; rounds are doubled
 * until half of it is reached, and the granularity is interpolated between the last two. On a machine that is busy with
 * other work it may not be reached with tasks of a millisecond; then the figure is NaN.
 */
record Metg(int width, int steps) implements Bench {

    private static final int FIRST = 128;
    private static final int MOST = 1 << 20;
    private static final int TRIES = 3;

    @Override
    public String label() {
        return "metg";
    }

    @Override
    public int tasks() {
        return 1;
    }

    @Override
    public int warmUps() {
        return 1;
    }

    @Override
    public double run(Workflow workflow, LongSupplier nanos) {
        int cores = workflow.nodes().stream().mapToInt(NodeInfo::slots).sum();
        double perRound = perRound(nanos);
        double lastGranularity = 0;
        double lastEfficiency = 0;
        for (int rounds = FIRST; rounds <= MOST; rounds *= 2) {
            double wall = Double.POSITIVE_INFINITY;
            for (int t = 0; t < TRIES; t++) {
                wall = Math.min(wall, once(workflow, rounds, nanos));
            }
            double granularity = wall * cores / (width * steps);
            double efficiency = perRound * rounds / granularity;
            if (efficiency >= 0.5) {
                double share = lastEfficiency == 0 ? 1 : (0.5 - lastEfficiency) / (efficiency - lastEfficiency);
                return lastEfficiency == 0
                        ? granularity
                        : Math.exp(Math.log(lastGranularity)
                                + share * (Math.log(granularity) - Math.log(lastGranularity)));
            }
            lastGranularity = granularity;
            lastEfficiency = efficiency;
        }
        return Double.NaN;
    }

    /** What a round takes a thread that does nothing else. */
    private static double perRound(LongSupplier nanos) {
        int rounds = 1 << 18;
        long best = Long.MAX_VALUE;
        double kept = 0;
        for (int t = 0; t < 50; t++) {
            long start = nanos.getAsLong();
            kept += Kernels.spin(rounds);
            best = Math.min(best, nanos.getAsLong() - start);
        }
        if (kept < 0) {
            throw new IllegalStateException("the work came to " + kept);
        }
        return best / 1e9 / rounds;
    }

    private double once(Workflow workflow, int rounds, LongSupplier nanos) {
        List<Ref<Long>> all = new ArrayList<>(width * steps);
        long start = nanos.getAsLong();
        for (int s = 0; s < steps; s++) {
            for (int i = 0; i < width; i++) {
                all.add(
                        s == 0
                                ? workflow.task(Kernels::work)
                                        .submit(value((long) i), value(0L), value(0L), value(rounds))
                                : workflow.task(Kernels::work)
                                        .submit(
                                                before(all, s, i - 1),
                                                before(all, s, i),
                                                before(all, s, i + 1),
                                                value(rounds)));
            }
        }
        workflow.barrier();
        double seconds = (nanos.getAsLong() - start) / 1e9;
        all.forEach(Ref::delete);
        return seconds;
    }

    private Ref<Long> before(List<Ref<Long>> all, int step, int column) {
        return all.get((step - 1) * width + Math.clamp(column, 0, width - 1));
    }
}
