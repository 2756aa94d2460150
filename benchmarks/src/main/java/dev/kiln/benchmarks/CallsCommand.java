package dev.kiln.benchmarks;

import dev.kiln.client.KilnClient;
import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln bench calls}: what a call of an active object costs, beside plain TCP in the same run. */
@Command(
        name = "calls",
        description = {
            "Measures calls of an active object on the last node, and plain TCP on this machine beside it; with a token file"
                    + " from outside of a cluster that is up.",
            "Times are medians of calls made one after the other."
        },
        footer = {
            "",
            "Example:",
            "  kiln bench calls --nodes 2",
            "  kiln bench calls --token-file ~/.kiln/cluster.token"
        })
final class CallsCommand implements Callable<Integer> {

    private static final int MOST_MEGABYTES = 200;

    private final CommandContext context;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many calls are counted (default: ${DEFAULT-VALUE}).")
    private int calls = 20_000;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Be a client of the cluster of this file, instead of starting one.")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    CallsCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * The JSON object.
     *
     * @param node where the object was
     * @param client whether it was called from outside of the cluster
     * @param tcpMicros a small message over plain TCP and its answer
     * @param readMicros a call that reads
     * @param updateMicros a call that updates
     * @param callsPerSecond of 8 threads
     * @param megabyteMillis a megabyte there and back
     */
    record Figures(
            String node,
            boolean client,
            double tcpMicros,
            double readMicros,
            double updateMicros,
            double callsPerSecond,
            double megabyteMillis) {}

    @Override
    public Integer call() {
        if (calls < 100 || calls > 10_000_000) {
            throw new UsageException("--calls " + calls + ": expected 100 to 10000000");
        }
        Figures figures = tokenFile == null ? inside() : outside(tokenFile);
        if (json) {
            context.console().json(figures);
        } else {
            print(figures);
        }
        return 0;
    }

    private Figures inside() {
        try (Launcher.Session session = context.launcher().start(cluster)) {
            Workflow workflow = session.workflow();
            String node = workflow.nodes().getLast().name();
            return measured(workflow.object(Echo.class).on(Placement.node(node)).create(), false);
        }
    }

    private Figures outside(Path file) {
        try (var kiln = KilnClient.connect(file)) {
            return measured(kiln.object(Echo.class).create(), true);
        } catch (IOException e) {
            throw new ClusterFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private Figures measured(ActiveObject<Echo> object, boolean client) {
        // Else it would get a copy for so many reads, and calls would go to that.
        object.replicate(0);
        var cost = new ObjectCost(object, System::nanoTime);
        try (var wire = new Wire(System::nanoTime)) {
            double before = wire.pingPong(calls);
            double read = cost.readSeconds(calls);
            double update = cost.updateSeconds(calls);
            double after = wire.pingPong(calls);
            return new Figures(
                    object.info().node(),
                    client,
                    (before + after) / 2 * 1e6,
                    read * 1e6,
                    update * 1e6,
                    cost.callsPerSecond(5 * calls),
                    cost.megabyteSeconds(Math.min(MOST_MEGABYTES, calls / 10)) * 1e3);
        } finally {
            object.delete();
        }
    }

    private void print(Figures f) {
        PrintWriter out = context.console().out();
        double tcp = f.tcpMicros();
        out.printf(Locale.ROOT, "object on %s, called %s%n", f.node(), f.client() ? "by a client" : "by a program");
        out.printf(Locale.ROOT, "TCP ping-pong          %10.1f us%n", tcp);
        out.printf(
                Locale.ROOT, "read                   %10.1f us  %5.1f x TCP%n", f.readMicros(), f.readMicros() / tcp);
        out.printf(
                Locale.ROOT,
                "update                 %10.1f us  %5.1f x TCP%n",
                f.updateMicros(),
                f.updateMicros() / tcp);
        out.printf(Locale.ROOT, "calls with 8 threads   %10.0f /s%n", f.callsPerSecond());
        out.printf(Locale.ROOT, "echo of 1 MB           %10.2f ms%n", f.megabyteMillis());
        out.flush();
    }
}
