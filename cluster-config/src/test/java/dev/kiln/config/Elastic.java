package dev.kiln.config;

/** A program that works until it is told to stop, and then says whether all was right whatever nodes came and went. */
final class Elastic {

    /** Its argument is the file that ends it. */
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
                        int most = 0;
                        for (int i = 0; !Files.exists(Path.of(args[0])); i = (i + 1) % 40) {
                            most = Math.max(most, wf.nodes().size());
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
                    var home = Placement.node(nodes.get(i % nodes.size()).name());
                    return wf.task(Elastic::make).on(i % 2 == 0 ? Placement.anywhere() : home).submit(Arg.value(i));
                }
            }
            """;

    private Elastic() {}
}
