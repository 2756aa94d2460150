package dev.kiln.benchmarks;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln bench calls}: what a call of an active object costs, beside plain TCP in the same run. */
@Command(
        name = "calls",
        description = {
            "Measures calls of an active object on the last node, and plain TCP on this machine beside it.",
            "Times are medians of calls made one after the other."
        },
        footer = {"", "Example:", "  kiln bench calls --nodes 2"})
final class CallsCommand implements Callable<Integer> {

    private static final int MEGABYTES = 200;

    private final CommandContext context;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many calls are counted (default: ${DEFAULT-VALUE}).")
    private int calls = 20_000;

    CallsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (calls < 100 || calls > 10_000_000) {
            throw new UsageException("--calls " + calls + ": expected 100 to 10000000");
        }
        try (Launcher.Session session = context.launcher().start(cluster);
                var wire = new Wire(System::nanoTime)) {
            Workflow workflow = session.workflow();
            String node = workflow.nodes().getLast().name();
            ActiveObject<Echo> object =
                    workflow.object(Echo.class).on(Placement.node(node)).create();
            var cost = new ObjectCost(object, System::nanoTime);
            PrintWriter out = context.console().out();
            double before = wire.pingPong(calls);
            double read = cost.readSeconds(calls);
            double update = cost.updateSeconds(calls);
            double after = wire.pingPong(calls);
            double tcp = (before + after) / 2;
            out.printf(Locale.ROOT, "object on %s%n", node);
            out.printf(Locale.ROOT, "TCP ping-pong          %10.1f us%n", tcp * 1e6);
            out.printf(Locale.ROOT, "read                   %10.1f us  %5.1f x TCP%n", read * 1e6, read / tcp);
            out.printf(Locale.ROOT, "update                 %10.1f us  %5.1f x TCP%n", update * 1e6, update / tcp);
            out.printf(Locale.ROOT, "calls with 8 threads   %10.0f /s%n", cost.callsPerSecond(5 * calls));
            out.printf(Locale.ROOT, "echo of 1 MB           %10.2f ms%n", cost.megabyteSeconds(MEGABYTES) * 1e3);
            out.flush();
        }
        return 0;
    }
}
