package dev.kiln.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** A program that works until it is told to stop, and then says whether all was right whatever nodes came and went. */
final class Elastic {

    /** Its argument is the file that ends it; for each number of nodes above one that it has seen it makes another. */
    static final String SOURCE = """
            import dev.kiln.tasks.*;
            import java.nio.file.*;
            import java.util.*;
            public class Elastic {
                @Task static double[] make(int x) { double[] d = new double[20_000]; Arrays.fill(d, x); return d; }
                @Task static double sum(double[] d) { double s = 0; for (double x : d) s += x; return s; }
                public static void main(String[] args) throws Exception {
                    try (var wf = Workflow.open()) {
                        System.out.println("nodes " + wf.nodes().size());
                        List<Ref<double[]>> blocks = new ArrayList<>();
                        for (int i = 0; i < 40; i++) blocks.add(wf.task(Elastic::make).submit(Arg.value(i)));
                        boolean right = true;
                        int most = 1;
                        for (int i = 0; !Files.exists(Path.of(args[0])); i = (i + 1) % 40) {
                            if (wf.nodes().size() > most) {
                                most = wf.nodes().size();
                                Files.createFile(Path.of(args[0] + "-" + most));
                            }
                            List<Ref<Double>> sums = new ArrayList<>();
                            for (var block : blocks) sums.add(wf.task(Elastic::sum).submit(block));
                            for (int k = 0; k < 40; k++) right &= sums.get(k).get() == 20_000.0 * k;
                            sums.forEach(Ref::delete);
                            blocks.set(i, replaced(wf, blocks.get(i), i, wf.nodes()));
                        }
                        for (int k = 0; k < 40; k++) right &= blocks.get(k).get()[0] == k;
                        System.out.println("right " + right + ", repeated " + wf.stats().repeated() + ", most " + most);
                    }
                }
                /** On each node in turn, so that each has some that no other has. */
                static Ref<double[]> replaced(Workflow wf, Ref<double[]> old, int i, List<NodeInfo> nodes) {
                    old.delete();
                    NodeInfo home = nodes.get(i % nodes.size());
                    if (i % 2 == 1) {
                        var there = wf.task(Elastic::make).on(Placement.node(home.name())).submit(Arg.value(i));
                        try {
                            wf.task(Elastic::sum).submit(there).get();
                            return there;
                        } catch (TaskFailedException e) {
                            if (wf.nodes().contains(home)) throw e;
                            // It left before the task came.
                        }
                    }
                    return wf.task(Elastic::make).submit(Arg.value(i));
                }
            }
            """;

    private Elastic() {}

    /** Waits until the program has seen so many nodes. */
    static void sees(int nodes, Path end) {
        Slurm.until("the program to see " + nodes + " nodes", () -> Files.exists(Path.of(end + "-" + nodes)));
    }
}
