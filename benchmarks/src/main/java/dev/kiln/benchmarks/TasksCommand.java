package dev.kiln.benchmarks;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kiln bench tasks}: what a task costs, in this JVM and on clusters. */
@Command(
        name = "tasks",
        description = {
            "Measures what a task that does nothing costs, and one that reads a block.",
            "Each figure is the median of the repeats, after runs that do not count; first with all tasks in this"
                    + " JVM (kiln-local), then on one node and on two (kiln-ignite-1, kiln-ignite-2), or as --nodes"
                    + " says. The engine tcp is what the loopback itself takes."
        },
        footer = {
            "",
            "Examples:",
            "  kiln bench tasks --bench chain,call",
            "  kiln bench tasks --nodes 2 --csv > tasks.csv"
        })
final class TasksCommand implements Callable<Integer> {

    private static final List<String> BENCHES = List.of(
            "independent",
            "chain",
            "chain-remote",
            "updates-remote",
            "tree",
            "stencil",
            "call",
            "metg",
            "blocks-local",
            "blocks-having",
            "blocks-remote",
            "fanout");
    /** Takes some GB of memory, so it runs only when it is asked for. */
    private static final String TRANSFER = "transfer";

    private static final int[] USUAL = {10_000, 100_000, 1_000_000};
    private static final int LONGEST_CHAIN = 10_000;
    private static final int LEAVES = 4_096;
    private static final int WIDTH = 32;
    private static final int STEPS = 100;
    private static final int CALLS = 2_000;
    private static final int LARGEST = 10_000_000;
    private static final int WARM_UP = 200_000;

    private final CommandContext context;
    private final Supplier<Workflow> local;
    private final LongSupplier nanos;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--bench",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Only these: independent, chain, chain-remote, updates-remote, tree, stencil, call, metg,"
                            + " blocks-local, blocks-having, blocks-remote, fanout, or transfer, which is not among the usual ones, as it takes 4 GB.")
    private @Nullable List<String> only;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "How many independent tasks (default: 10000, 100000 and 1000000 in turn); other benches have"
                    + " at most so many.")
    private @Nullable Integer tasks;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many runs are counted (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(names = "--local-only", description = "Leave the clusters out.")
    private boolean localOnly;

    @Option(names = "--csv", description = "Print engine,bench,n,seconds.")
    private boolean csv;

    @Option(names = "--json", description = "Print a JSON object for each figure.")
    private boolean json;

    /**
     * With a context.
     *
     * @param local opens a workflow in this JVM
     */
    TasksCommand(CommandContext context, Supplier<Workflow> local) {
        this.context = context;
        this.local = local;
        this.nanos = System::nanoTime;
    }

    @Override
    public Integer call() {
        int[] sizes = tasks == null ? USUAL : new int[] {between("--tasks", tasks, LARGEST)};
        between("--repeats", repeats, 1000);
        List<String> names = names();
        var figures =
                new Figures(context.console(), csv ? Figures.Form.CSV : json ? Figures.Form.JSON : Figures.Form.TABLE);
        figures.begin();
        try (Workflow here = local.get()) {
            measure("kiln-local", here, names, sizes, figures);
        }
        if (!localOnly) {
            for (int nodes : nodes()) {
                try (Launcher.Session session = context.launcher().start(cluster.with(nodes, cluster.slots()))) {
                    measure("kiln-ignite-" + nodes, session.workflow(), names, sizes, figures);
                }
            }
            wire(names, figures);
        }
        return 0;
    }

    private int[] nodes() {
        boolean told = spec != null && spec.commandLine().getParseResult().hasMatchedOption("--nodes");
        return told ? new int[] {cluster.nodes()} : new int[] {1, 2};
    }

    private List<String> names() {
        if (only == null) {
            return BENCHES;
        }
        for (String name : only) {
            if (!BENCHES.contains(name) && !name.equals(TRANSFER)) {
                throw new UsageException("--bench " + name + ": expected some of " + String.join(", ", BENCHES) + ", "
                        + TRANSFER + ", with commas between them");
            }
        }
        return only;
    }

    private void measure(String engine, Workflow workflow, List<String> names, int[] sizes, Figures figures) {
        int nodes = workflow.nodes().size();
        for (String name : names) {
            for (Bench bench : benches(name, sizes, nodes)) {
                if (nodes > 1 || !bench.needsNodes()) {
                    figures.add(Figure.of(engine, bench, workflow, repeats, nanos));
                }
            }
        }
    }

    private List<Bench> benches(String name, int[] sizes, int nodes) {
        int most = tasks == null ? Integer.MAX_VALUE : tasks;
        int warmUp = Math.min(WARM_UP, most > LONGEST_CHAIN ? WARM_UP : 10 * most);
        List<Bench> benches = new ArrayList<>();
        switch (name) {
            case "independent" -> {
                for (int n : sizes) {
                    benches.add(Graphs.independent(n, warmUp));
                }
            }
            case "chain" -> benches.add(Graphs.chain(Math.min(LONGEST_CHAIN, most), warmUp));
            case "chain-remote" -> benches.add(Graphs.chainRemote(Math.min(LONGEST_CHAIN, most), warmUp));
            case "updates-remote" -> benches.add(Graphs.updatesRemote(Math.min(LONGEST_CHAIN, most), warmUp));
            case "tree" -> benches.add(Graphs.tree(Math.min(LEAVES, most), warmUp));
            case "stencil" -> benches.add(Graphs.stencil(WIDTH, Math.clamp(most / WIDTH, 2, STEPS), warmUp));
            case "call" -> benches.add(new Calls(Math.min(CALLS, most)));
            case "metg" -> benches.add(new Metg(WIDTH, Math.clamp(most / WIDTH, 2, STEPS)));
            case "blocks-local" -> benches.add(Blocks.local(Math.min(32, most), 16));
            case "blocks-having" -> benches.add(Blocks.having(Math.min(LONGEST_CHAIN, most)));
            case "blocks-remote" -> benches.add(Blocks.remote(Math.min(128, most)));
            case "fanout" -> benches.add(Blocks.fanOut(nodes));
            default -> benches.add(Blocks.transfer());
        }
        return benches;
    }

    /** The same by TCP alone, where there is something to compare with. */
    private void wire(List<String> names, Figures figures) {
        try (var wire = new Wire(nanos)) {
            if (names.contains("call")) {
                figures.add(Figure.plain("tcp", "call", wire.pingPong(CALLS)));
            }
            if (names.contains("blocks-remote")) {
                figures.add(Figure.plain("tcp", "blocks-remote", wire.transfer(1 << 20, 200)));
            }
            if (names.contains("fanout")) {
                figures.add(Figure.plain("tcp", "fanout", wire.transfer(8 << 20, 50)));
            }
            if (names.contains(TRANSFER)) {
                figures.add(Figure.plain("tcp", TRANSFER, wire.transfer(1 << 30, repeats)));
            }
        }
    }

    private static int between(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new UsageException(option + " " + value + ": expected 1 to " + most);
        }
        return value;
    }
}
