package dev.kiln.csvm.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.weak.WeakScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln csvm weak-scaling}. */
@Command(
        name = "weak-scaling",
        description = {
            "Trains on generated rows, as many blocks of them for each processor, on ever more processors.",
            "The rows lie around 15 centres in 20 dimensions; by default all 15 classes are told apart by the classic"
                    + " cascade, without a check, with C 1 and gamma 1/20."
        },
        footer = {
            "",
            "Examples:",
            "  kiln csvm weak-scaling --processors 1,2 --blocks-per-processor 24 --block-rows 1024",
            "  kiln csvm weak-scaling --processors 3 --placement random --csv random.csv"
        })
final class WeakScalingCommand implements Callable<Integer> {

    private static final int MOST = 1024;
    private static final int MOST_BLOCK_ROWS = 1_000_000;

    private final CommandContext context;

    @Option(
            names = "--processors",
            paramLabel = "P",
            split = ",",
            defaultValue = "1,2",
            description = "How many processors, one run for each number (default: ${DEFAULT-VALUE}).")
    private List<Integer> processors = List.of(1, 2);

    @Option(
            names = "--as",
            paramLabel = "WHAT",
            defaultValue = "nodes",
            description = "What a processor is: one of nodes, each a JVM of --slots slots (1 by default); or one of"
                    + " slots, of each of --nodes nodes (default: ${DEFAULT-VALUE}).")
    private String as = "nodes";

    @Option(
            names = "--blocks-per-processor",
            paramLabel = "N",
            defaultValue = "24",
            description = "Blocks for each processor (default: ${DEFAULT-VALUE}).")
    private int blocks = 24;

    @Option(
            names = "--block-rows",
            paramLabel = "ROWS",
            defaultValue = "1024",
            description = "Rows of a block (default: ${DEFAULT-VALUE}).")
    private int blockRows = 1024;

    @Option(
            names = "--arity",
            paramLabel = "N",
            defaultValue = "48",
            description = "How many nodes of the cascade's tree are joined into one (default: ${DEFAULT-VALUE}).")
    private int arity = 48;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "5",
            description = "Passes of the cascade, or rounds of violators, at most (default: ${DEFAULT-VALUE}).")
    private int iterations = 5;

    @Option(names = "--check", description = "Stop earlier when a pass changed nothing.")
    private boolean check;

    @Option(
            names = "--placement",
            paramLabel = "WHERE",
            defaultValue = "affinity",
            description = "affinity: tasks run where their data are; random: on nodes drawn by --seed"
                    + " (default: ${DEFAULT-VALUE}).")
    private String placement = "affinity";

    @Option(
            names = "--feedback",
            paramLabel = "WHAT",
            defaultValue = "classic",
            description =
                    "What goes back to the blocks after a pass: classic or violators" + " (default: ${DEFAULT-VALUE}).")
    private String feedback = "classic";

    @Option(
            names = "--target",
            paramLabel = "WHAT",
            defaultValue = "classes",
            description =
                    "classes: each of 15; binary: the first eight against the others" + " (default: ${DEFAULT-VALUE}).")
    private String target = "classes";

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repeats = 1;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Draws nodes for --placement random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the figures there as CSV.")
    private @Nullable Path csv;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw seconds over processors there.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print the figures as one JSON array.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    WeakScalingCommand(CommandContext context) {
        this.context = context;
    }

    private enum As {
        NODES,
        SLOTS
    }

    private enum Where {
        AFFINITY,
        RANDOM
    }

    private enum Target {
        CLASSES,
        BINARY
    }

    @Override
    public Integer call() {
        As unit = Inputs.choice("--as", As.class, as);
        boolean random = Inputs.choice("--placement", Where.class, placement) == Where.RANDOM;
        var scaling = new WeakScaling(spec(random), System::nanoTime);
        checkSizes(unit);
        checkTargets();
        List<WeakScalingPoint> points = new ArrayList<>();
        for (int p : processors) {
            ClusterOptions size =
                    unit == As.NODES ? cluster.with(p, Math.max(1, cluster.slots())) : cluster.with(cluster.nodes(), p);
            points.add(measure(scaling, p, size, random, points));
        }
        report(points);
        return 0;
    }

    private WeakScalingPoint measure(
            WeakScaling scaling, int p, ClusterOptions size, boolean random, List<WeakScalingPoint> before) {
        int all = Math.multiplyExact(p, blocks);
        try (Launcher.Session session = context.launcher().start(size);
                Console.Progress progress = context.console().progress("training", session.workflow())) {
            progress.note(p + (p == 1 ? " processor, " : " processors, ") + all + " blocks");
            WeakScaling.Measured m = scaling.run(session.workflow(), all);
            double first = before.isEmpty() ? m.seconds() : before.getFirst().seconds();
            return new WeakScalingPoint(
                    p,
                    size.nodes(),
                    size.slots(),
                    all,
                    blockRows,
                    (long) all * blockRows,
                    random ? "random" : "affinity",
                    feedback,
                    m.seconds(),
                    first / m.seconds(),
                    m.tasks(),
                    m.bytesMoved(),
                    m.rounds(),
                    m.supportVectors(),
                    m.accuracy());
        }
    }

    private void report(List<WeakScalingPoint> points) {
        if (csv != null) {
            write("--csv", csv, WeakScalingPoint.csv(points));
        }
        if (plot != null) {
            String title = blocks + " blocks of " + blockRows + " rows for each processor, " + placement;
            ScalingPlot.write(plot, title, points);
        }
        if (json) {
            context.console().json(points);
        } else {
            WeakScalingPoint.table(points).forEach(context.console().out()::println);
            context.console().out().flush();
        }
    }

    private WeakScaling.Spec spec(boolean random) {
        Feedback back = Inputs.choice("--feedback", Feedback.class, feedback);
        boolean binary = Inputs.choice("--target", Target.class, target) == Target.BINARY;
        if (arity < 2) {
            throw new UsageException("--arity " + arity + ": expected 2 or more");
        }
        CascadeSvmOptions options = CascadeSvmOptions.builder()
                .arity(arity)
                .maxRounds(Inputs.atLeastOne("--iterations", iterations))
                .feedback(back)
                .check(check || back == Feedback.VIOLATORS)
                .seed(seed)
                .build();
        return new WeakScaling.Spec(
                options,
                Inputs.atLeastOne("--block-rows", blockRows),
                random,
                binary,
                Inputs.atLeastOne("--repeats", repeats));
    }

    private void checkSizes(As unit) {
        Inputs.atLeastOne("--blocks-per-processor", blocks);
        if (blockRows > MOST_BLOCK_ROWS) {
            throw new UsageException("--block-rows " + blockRows + ": expected at most " + MOST_BLOCK_ROWS);
        }
        for (int p : processors) {
            if (p < 1 || p > MOST) {
                throw new UsageException("--processors " + p + ": expected 1 to " + MOST);
            }
            if ((long) p * blocks * blockRows > Integer.MAX_VALUE) {
                throw new UsageException("--processors " + p + ": " + (long) p * blocks * blockRows
                        + " rows; expected at most " + Integer.MAX_VALUE);
            }
        }
        if (unit == As.NODES && cluster.nodes() > 1) {
            throw new UsageException("--nodes " + cluster.nodes()
                    + ": expected with --as slots only; with --as nodes there is one node for each processor");
        }
    }

    private void checkTargets() {
        if (csv != null) {
            Inputs.target("--csv", csv);
        }
        if (plot != null) {
            if (!plot.toString().endsWith(".png")) {
                throw new UsageException("--plot " + plot + ": expected a name that ends with .png");
            }
            Inputs.target("--plot", plot);
        }
    }

    private static void write(String option, Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UsageException(option + " " + file + ": cannot be written: " + e);
        }
    }
}
