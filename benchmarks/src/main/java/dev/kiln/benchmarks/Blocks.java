package dev.kiln.benchmarks;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Tasks that read blocks: where they live, and on another node. The making of the blocks is not timed. */
final class Blocks {

    private static final int MEGABYTE = 1 << 17;
    private static final int EIGHT_MEGABYTES = 1 << 20;
    /** One value that is as large as an array of doubles may be here: 1 GiB. */
    private static final int GIGABYTE = 1 << 27;

    private Blocks() {}

    /** How tasks read blocks. */
    private interface Reading {
        List<Ref<Double>> read(Workflow workflow, List<Ref<double[]>> blocks);
    }

    /**
     * Blocks on some nodes, and tasks that read them.
     *
     * @param makers how many of the nodes, from the last, have blocks
     */
    private record Timed(
            String label, int tasks, int blocks, int doubles, int makers, boolean needsNodes, Reading reading)
            implements Bench {

        @Override
        public int warmUps() {
            return doubles == GIGABYTE ? 4 : 3;
        }

        @Override
        public double run(Workflow workflow, LongSupplier nanos) {
            List<NodeInfo> nodes = workflow.nodes();
            List<Ref<double[]>> made = new ArrayList<>(blocks);
            for (int i = 0; i < blocks; i++) {
                NodeInfo where = nodes.get(nodes.size() - 1 - i % Math.min(makers, nodes.size()));
                made.add(workflow.task(Kernels::block)
                        .on(Placement.node(where.name()))
                        .submit(value(doubles), value(i)));
            }
            workflow.barrier();
            long start = nanos.getAsLong();
            List<Ref<Double>> read = reading.read(workflow, made);
            workflow.barrier();
            double seconds = (nanos.getAsLong() - start) / 1e9;
            read.forEach(Ref::delete);
            made.forEach(Ref::delete);
            return seconds;
        }
    }

    /** Blocks of 1 MB on all nodes, each read again and again where it lives. */
    static Bench local(int blocks, int times) {
        return new Timed(
                "blocks-local", blocks * times, blocks, MEGABYTE, Integer.MAX_VALUE, false, (workflow, made) -> {
                    List<Ref<Double>> read = new ArrayList<>(blocks * times);
                    for (int t = 0; t < times; t++) {
                        for (Ref<double[]> block : made) {
                            read.add(workflow.task(Kernels::sum)
                                    .on(Placement.near(block))
                                    .submit(block));
                        }
                    }
                    return read;
                });
    }

    /** Blocks of 8 MB of which tasks read next to nothing: what having them costs when they are here. */
    static Bench having(int times) {
        return new Timed("blocks-having", times, 2, EIGHT_MEGABYTES, 2, false, (workflow, made) -> {
            List<Ref<Double>> read = new ArrayList<>(times);
            for (int t = 0; t < times; t++) {
                Ref<double[]> block = made.get(t % made.size());
                read.add(workflow.task(Kernels::touch).on(Placement.near(block)).submit(block));
            }
            return read;
        });
    }

    /** Blocks of 1 MB on the last node, each read once on the first. */
    static Bench remote(int blocks) {
        return onFirst("blocks-remote", blocks, MEGABYTE);
    }

    /** One fresh block of 1 GB, brought from the last node to the first. */
    static Bench transfer() {
        return onFirst("transfer", 1, GIGABYTE);
    }

    private static Bench onFirst(String label, int blocks, int doubles) {
        return new Timed(label, blocks, blocks, doubles, 1, true, (workflow, made) -> {
            Placement first = Placement.node(workflow.nodes().getFirst().name());
            List<Ref<Double>> read = new ArrayList<>(blocks);
            for (Ref<double[]> block : made) {
                read.add(workflow.task(Kernels::touch).on(first).submit(block));
            }
            return read;
        });
    }

    /** One block of 8 MB, read by a task on each node. */
    static Bench fanOut(int nodes) {
        return new Timed("fanout", nodes, 1, EIGHT_MEGABYTES, 1, false, (workflow, made) -> {
            List<Ref<Double>> read = new ArrayList<>(nodes);
            for (NodeInfo node : workflow.nodes()) {
                read.add(workflow.task(Kernels::touch)
                        .on(Placement.node(node.name()))
                        .submit(made.getFirst()));
            }
            return read;
        });
    }
}
