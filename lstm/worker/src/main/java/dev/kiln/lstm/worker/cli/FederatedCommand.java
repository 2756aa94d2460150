package dev.kiln.lstm.worker.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.worker.Engines;
import dev.kiln.lstm.worker.ModelFile;
import dev.kiln.lstm.worker.PartTraining;
import dev.kiln.lstm.worker.PartTraining.NodeFile;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln lstm federated}. */
@Command(
        name = "federated",
        description =
                "Trains one LSTM on several files, each read by a node of its own that its rows never leave: rounds"
                        + " of training there and averaging of weights.",
        footer = {
            "",
            "Example:",
            "  kiln lstm federated north.csv south.csv --target CPU,MEM --epochs 100 --local-epochs 5 --model all.lstm"
        })
final class FederatedCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "A series for each node: CSV, as for train.")
    private List<Path> files = List.of();

    @Option(
            names = "--target",
            paramLabel = "COL",
            split = ",",
            required = true,
            description = "The columns to learn, by name; every file has to have them.")
    private List<String> target = List.of();

    @Option(
            names = "--local-epochs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Epochs of a round; --epochs has to be a multiple (default: ${DEFAULT-VALUE}).")
    private int localEpochs = 5;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "java",
            description = "What trains: java, or torch where it is installed (default: ${DEFAULT-VALUE}).")
    private String engine = "java";

    @Option(names = "--model", paramLabel = "OUT", description = "Write the model to this file.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunningCluster running = new RunningCluster();

    FederatedCommand(CommandContext context) {
        this.context = context;
    }

    /** The JSON object; a loss is the mean squared error of scaled values over the windows of all files. */
    record Result(
            int files, int rounds, int localEpochs, double[] losses, double trainSeconds, String engine, long seed) {}

    @Override
    public Integer call() {
        return Inputs.shown(this::train);
    }

    private Integer train() {
        files.forEach(Inputs::file);
        if (model != null) {
            Inputs.target("--model", model);
        }
        TrainCommand.checkTargets(target);
        LstmOptions options = network.toOptions();
        if (options.patience() > 0) {
            throw new UsageException("--patience " + options.patience() + ": expected 0 for federated training");
        }
        if (localEpochs < 1 || options.epochs() % localEpochs != 0) {
            throw new UsageException(
                    "--local-epochs " + localEpochs + ": expected a divisor of --epochs " + options.epochs());
        }
        if (cluster.nodes() > 1 && cluster.nodes() != files.size()) {
            throw new UsageException("--nodes " + cluster.nodes() + ": expected as many as files, " + files.size());
        }
        Engines.named(engine);
        PartTraining.Result found;
        long start = System.nanoTime();
        try (Launcher.Session session = context.launcher().start(cluster.with(files.size(), cluster.slots()), running);
                Console.Progress progress = context.console().progress("training", session.workflow())) {
            start = System.nanoTime();
            Workflow wf = session.workflow();
            var note = new EpochNote(progress, "round", options.epochs() / localEpochs);
            found = new PartTraining(wf, options, engine, note).federated(homes(wf), target, localEpochs);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (model != null) {
            ModelFile.write(model, found.state());
        }
        double[] losses = found.losses();
        if (json) {
            context.console()
                    .json(new Result(
                            files.size(), losses.length, localEpochs, losses, seconds, engine, options.seed()));
        } else {
            PrintWriter out = context.console().out();
            out.printf(Locale.ROOT, "files            %d, on a node each%n", files.size());
            out.printf(Locale.ROOT, "rounds           %d of %d epochs%n", losses.length, localEpochs);
            out.printf(Locale.ROOT, "loss             %.6f%n", losses[losses.length - 1]);
            out.printf(Locale.ROOT, "train            %.2f s%n", seconds);
            out.flush();
        }
        return 0;
    }

    private List<NodeFile> homes(Workflow wf) {
        List<NodeInfo> nodes = wf.nodes();
        List<NodeFile> homes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            homes.add(new NodeFile(
                    nodes.get(i % nodes.size()).name(), files.get(i).toAbsolutePath()));
        }
        return homes;
    }
}
