package dev.kiln.ignite;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.runtime.testing.ContractTasks;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what a cluster costs: {@code Measure NODES SLOTS}. Run by hand; nothing is asserted. */
final class Measure {

    private static final int TASKS = 100_000;
    private static final int CHAIN = 10_000;
    private static final int ROUNDS = 5;

    private Measure() {}

    public static void main(String[] args) {
        int nodes = Integer.parseInt(args[0]);
        long start = System.nanoTime();
        try (var cluster = IgniteCluster.start(IgniteClusterOptions.of(nodes, Integer.parseInt(args[1])))) {
            print("start", 1e-9 * (System.nanoTime() - start), "s");
            try (var wf = new Workflow(cluster.open(Measure.class.getClassLoader()))) {
                for (int round = 0; round < ROUNDS; round++) {
                    print("independent", perTask(TASKS, () -> independent(wf)), "us a task");
                    print("chain", perTask(CHAIN, () -> chain(wf)), "us a task");
                }
                String last = wf.nodes().getLast().name();
                double[] fetches = new double[20];
                double[] puts = new double[20];
                for (int i = 0; i < fetches.length; i++) {
                    Ref<Block> block = wf.task(ContractTasks::fill)
                            .on(Placement.node(last))
                            .submit(value(1 << 20), value((double) i));
                    block.await();
                    fetches[i] = 1e-6 * time(block::get);
                    Block large = new Block(new double[1 << 20]);
                    puts[i] = 1e-6
                            * time(() -> wf.put(large, Placement.node(last)).delete());
                }
                print("get of 8 MB from " + last + ", median", median(fetches), "ms");
                print("put of 8 MB on " + last + ", median", median(puts), "ms");
            }
        }
    }

    private static void independent(Workflow wf) {
        List<Ref<Integer>> all = new ArrayList<>(TASKS);
        for (int i = 0; i < TASKS; i++) {
            all.add(wf.task(ContractTasks::zero).submit());
        }
        wf.barrier();
        all.forEach(Ref::delete);
    }

    private static void chain(Workflow wf) {
        Ref<Integer> last = wf.task(ContractTasks::zero).submit();
        for (int i = 1; i < CHAIN; i++) {
            last = wf.task(ContractTasks::one).submit((Arg<Integer>) last);
        }
        last.await();
    }

    private static double perTask(int tasks, Runnable what) {
        return 1e-3 * time(what) / tasks;
    }

    private static long time(Runnable what) {
        long start = System.nanoTime();
        what.run();
        return System.nanoTime() - start;
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static void print(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-40s %8.2f %s%n", what, value, unit);
    }
}
