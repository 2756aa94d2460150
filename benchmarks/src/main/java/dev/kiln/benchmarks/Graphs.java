package dev.kiln.benchmarks;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Graphs of tasks that do nothing: what is left is what a task costs. The clock runs from the first submit until all
 * are done. Refs are held meanwhile, as a program would, and freed after.
 */
final class Graphs {

    private Graphs() {}

    /** A graph. */
    private interface Graph {
        void run(Workflow workflow, List<Ref<?>> refs);
    }

    /** A graph with a name and so many tasks. */
    private record Timed(String label, int tasks, int warmUps, boolean needsNodes, Graph graph) implements Bench {

        @Override
        public double run(Workflow workflow, LongSupplier nanos) {
            List<Ref<?>> refs = new ArrayList<>(tasks);
            long start = nanos.getAsLong();
            graph.run(workflow, refs);
            double seconds = (nanos.getAsLong() - start) / 1e9;
            refs.forEach(Ref::delete);
            return seconds;
        }
    }

    private static Bench timed(String label, int tasks, int warmUpTasks, Graph graph) {
        return new Timed(label, tasks, Math.ceilDiv(warmUpTasks, tasks), false, graph);
    }

    private static Bench remote(String label, int tasks, int warmUpTasks, Graph graph) {
        return new Timed(label, tasks, Math.ceilDiv(warmUpTasks, tasks), true, graph);
    }

    /** Tasks without an edge. */
    static Bench independent(int n, int warmUpTasks) {
        return timed("independent", n, warmUpTasks, (workflow, refs) -> {
            for (int i = 0; i < n; i++) {
                refs.add(workflow.task(Kernels::nothing).submit());
            }
            workflow.barrier();
        });
    }

    /** An edge from each task to the next. */
    static Bench chain(int n, int warmUpTasks) {
        return timed("chain", n, warmUpTasks, (workflow, refs) -> chain(n, Placement.anywhere(), workflow, refs));
    }

    /** The same on the last node. */
    static Bench chainRemote(int n, int warmUpTasks) {
        return remote("chain-remote", n, warmUpTasks, (workflow, refs) -> chain(n, last(workflow), workflow, refs));
    }

    private static void chain(int n, Placement where, Workflow workflow, List<Ref<?>> refs) {
        Ref<Integer> last = workflow.task(Kernels::next).on(where).submit(value(0));
        refs.add(last);
        for (int i = 1; i < n; i++) {
            last = workflow.task(Kernels::next).on(where).submit(last);
            refs.add(last);
        }
        expect(n, last.get(), "steps of a chain");
    }

    /** Changes of one block of 8 MB on the last node, each of one number. */
    static Bench updatesRemote(int n, int warmUpTasks) {
        return remote("updates-remote", n, warmUpTasks, (workflow, refs) -> {
            Placement there = last(workflow);
            Ref<double[]> block = workflow.task(Kernels::block).on(there).submit(value(1 << 20), value(0));
            for (int i = 0; i < n; i++) {
                block = workflow.update(Kernels::raise).on(there).submit(block);
            }
            Ref<Double> ends = workflow.task(Kernels::touch).on(there).submit(block);
            refs.add(block);
            refs.add(ends);
            expect(n + 7, Math.round(ends.get()), "changes of a block");
        });
    }

    /** The last node, which is another than the driver's where there are several. */
    static Placement last(Workflow workflow) {
        return Placement.node(workflow.nodes().getLast().name());
    }

    /** A binary tree: the leaves, and then pairs until there is one. */
    static Bench tree(int leaves, int warmUpTasks) {
        return timed("tree", 2 * leaves - 1, warmUpTasks, (workflow, refs) -> {
            List<Ref<Integer>> level = new ArrayList<>(leaves);
            for (int i = 0; i < leaves; i++) {
                level.add(workflow.task(Kernels::leaf).submit(value(i)));
            }
            refs.addAll(level);
            while (level.size() > 1) {
                List<Ref<Integer>> above = new ArrayList<>((level.size() + 1) / 2);
                for (int i = 0; i + 1 < level.size(); i += 2) {
                    above.add(workflow.task(Kernels::add).submit(level.get(i), level.get(i + 1)));
                }
                refs.addAll(above);
                if (level.size() % 2 == 1) {
                    above.add(level.getLast());
                }
                level = above;
            }
            expect((long) leaves * (leaves - 1) / 2, level.getFirst().get(), "sum of a tree");
        });
    }

    /** So many columns in so many steps, where each task reads three of the step before. */
    static Bench stencil(int width, int steps, int warmUpTasks) {
        long[] sequential = new long[width];
        Arrays.setAll(sequential, i -> i);
        for (int s = 1; s < steps; s++) {
            long[] before = sequential.clone();
            Arrays.setAll(
                    sequential,
                    i -> Kernels.mix(before[Math.max(i - 1, 0)], before[i], before[Math.min(i + 1, width - 1)]));
        }
        long expected = Arrays.stream(sequential).sum();
        return timed("stencil", width * steps, warmUpTasks, (workflow, refs) -> {
            List<Ref<Long>> row = new ArrayList<>(width);
            for (long i = 0; i < width; i++) {
                row.add(workflow.task(Kernels::mix).submit(value(i), value(0L), value(0L)));
            }
            for (int s = 1; s < steps; s++) {
                refs.addAll(row);
                List<Ref<Long>> next = new ArrayList<>(width);
                for (int i = 0; i < width; i++) {
                    next.add(workflow.task(Kernels::mix)
                            .submit(row.get(Math.max(i - 1, 0)), row.get(i), row.get(Math.min(i + 1, width - 1))));
                }
                row = next;
            }
            refs.addAll(row);
            expect(expected, row.stream().mapToLong(Ref::get).sum(), "sum of a stencil");
        });
    }

    static void expect(long expected, long found, String what) {
        if (expected != found) {
            throw new IllegalStateException("the " + what + " is " + found + ", expected " + expected);
        }
    }
}
