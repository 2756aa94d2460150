package dev.kiln.csvm.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.dislib.data.LabelColumn;
import dev.kiln.dislib.data.Sparsity;
import dev.kiln.dislib.data.TextFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln demo}. */
@Command(
        name = "demo",
        description =
                "Trains on the bundled data: tells gamma rays from hadrons in a telescope's images (UCI MAGIC, CC BY"
                        + " 4.0).",
        footer = {"", "Example:", "  kiln demo --nodes 2"})
final class DemoCommand implements Callable<Integer> {

    private static final int BLOCK_ROWS = 2000;

    private final CommandContext context;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path data = data();
        var spec = new TrainSpec(
                data.resolve("magic04.train.csv"),
                TextFormat.CSV,
                LabelColumn.last(),
                "g",
                true,
                BLOCK_ROWS,
                Sparsity.NO,
                WeightOptions.WeightSpec.NONE,
                CascadeSvmOptions.builder().c(10).gamma(0.1).build(),
                MultiSpec.NONE,
                data.resolve("magic04.test.csv"),
                null);
        Inputs.file(spec.file());
        TrainResult result;
        try (Launcher.Session session = context.launcher().start(cluster)) {
            result = new TrainRun(spec, session.workflow(), context.console(), System::nanoTime).run();
        }
        if (json) {
            context.console().json(result);
        } else {
            context.console().out().println("MAGIC gamma telescope, standardised, rbf kernel, C 10, gamma 0.1");
            TrainReport.print(result, context.console().out());
        }
        return 0;
    }

    private static Path data() {
        String home = System.getProperty("kiln.home");
        Path data = Path.of(home == null ? "examples" : home, "data");
        if (!Files.isDirectory(data)) {
            throw new UsageException(
                    data + ": the bundled data are missing; start kiln from its own folder, or build it"
                            + " again with ./mvnw package");
        }
        return data;
    }
}
