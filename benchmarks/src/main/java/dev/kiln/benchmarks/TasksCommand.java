package dev.kiln.benchmarks;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln bench tasks}: what a task costs, in this JVM and on a cluster. */
@Command(
        name = "tasks",
        description = {
            "Measures what a task that does nothing costs.",
            "Each figure is the median of the repeats, after runs that do not count; first with all tasks in this"
                    + " JVM (kiln-local), then on the cluster that --nodes describes (kiln-ignite-N)."
        },
        footer = {"", "Examples:", "  kiln bench tasks --tasks 10000", "  kiln bench tasks --nodes 2 --csv > tasks.csv"
        })
final class TasksCommand implements Callable<Integer> {

    private static final int[] USUAL = {10_000, 100_000, 1_000_000};
    private static final int LONGEST_CHAIN = 10_000;
    private static final int LARGEST = 10_000_000;
    private static final int WARM_UP = 200_000;

    private final CommandContext context;
    private final Supplier<Workflow> local;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "How many tasks (default: 10000, 100000 and 1000000 in turn; chains have at most 10000).")
    private @Nullable Integer tasks;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many runs are counted (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(names = "--local-only", description = "Leave the cluster out.")
    private boolean localOnly;

    @Option(names = "--csv", description = "Print engine,bench,n,seconds.")
    private boolean csv;

    /**
     * With a context.
     *
     * @param local opens a workflow in this JVM
     */
    TasksCommand(CommandContext context, Supplier<Workflow> local) {
        this.context = context;
        this.local = local;
    }

    @Override
    public Integer call() {
        int[] sizes = tasks == null ? USUAL : new int[] {between("--tasks", tasks, LARGEST)};
        between("--repeats", repeats, 1000);
        PrintWriter out = context.console().out();
        out.println(csv ? "engine,bench,n,seconds" : "engine         bench            n    seconds  us/task");
        try (Workflow here = local.get()) {
            measure("kiln-local", here, sizes);
        }
        if (!localOnly) {
            try (Launcher.Session session = context.launcher().start(cluster)) {
                measure("kiln-ignite-" + cluster.nodes(), session.workflow(), sizes);
            }
        }
        return 0;
    }

    private void measure(String engine, Workflow workflow, int[] sizes) {
        for (int n : sizes) {
            row(engine, workflow, TaskCost.Shape.INDEPENDENT, n);
        }
        row(engine, workflow, TaskCost.Shape.CHAIN, Math.min(LONGEST_CHAIN, sizes[0]));
    }

    private void row(String engine, Workflow workflow, TaskCost.Shape shape, int n) {
        double seconds = new TaskCost(System::nanoTime, WARM_UP).medianSeconds(workflow, shape, n, repeats);
        PrintWriter out = context.console().out();
        if (csv) {
            out.printf(Locale.ROOT, "%s,%s,%d,%.6f%n", engine, shape.label(), n, seconds);
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-14s %-11s %7d %10.4f %8.2f%n",
                    engine,
                    shape.label(),
                    n,
                    seconds,
                    seconds * 1e6 / n);
        }
        out.flush();
    }

    private static int between(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new UsageException(option + " " + value + ": expected 1 to " + most);
        }
        return value;
    }
}
