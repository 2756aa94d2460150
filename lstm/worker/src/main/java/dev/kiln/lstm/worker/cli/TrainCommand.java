package dev.kiln.lstm.worker.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.lstm.worker.Averaging;
import dev.kiln.lstm.worker.Engines;
import dev.kiln.lstm.worker.Experiment;
import dev.kiln.lstm.worker.Jvm;
import dev.kiln.lstm.worker.ModelFile;
import dev.kiln.lstm.worker.Protocol;
import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln lstm train}. */
@Command(
        name = "train",
        description =
                "Trains an LSTM on columns of a CSV file, one row a point in time, and tests it on the last rows.",
        footer = {
            "",
            "Examples:",
            "  kiln lstm train node_3_utilisation.csv --target CPU,MEM --epochs 100 --model node.lstm",
            "  kiln lstm train node_3_utilisation.csv --target CPU,MEM --parallel epoch --nodes 2",
            "  kiln lstm train node_3_utilisation.csv --target CPU,MEM --cluster 127.0.0.1:4711"
        })
final class TrainCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The series: CSV whose first line names the columns.")
    private Path file = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "COL",
            arity = "1..*",
            split = ",",
            required = true,
            description = "The columns to learn, by name; others are not read.")
    private List<String> target = List.of();

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "java",
            description = "What trains: java, or torch where it is installed (default: ${DEFAULT-VALUE}).")
    private String engine = "java";

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            defaultValue = "paper-as-written",
            description = "paper-as-written: the epochs once; paper-as-coded: once untimed and once more, timed, and"
                    + " a hundred evaluations (default: ${DEFAULT-VALUE}).")
    private String protocol = "paper-as-written";

    @Option(
            names = "--test-part",
            paramLabel = "PART",
            defaultValue = "0.2",
            description = "The part of the rows, the last, to test on; 0 for none (default: ${DEFAULT-VALUE}).")
    private String testPart = "0.2";

    @Option(
            names = "--parallel",
            paramLabel = "WHEN",
            description = "Train on parts of the rows at once, on the nodes: averaged after each step, or each epoch.")
    private @Nullable String parallel;

    @Option(
            names = "--parts",
            paramLabel = "N",
            description = "With --parallel: how many parts (default: the slots of all nodes).")
    private @Nullable Integer parts;

    @Option(
            names = "--on",
            paramLabel = "NODE",
            description = "Train on the node of this name, with --nodes or --cluster.")
    private @Nullable String on;

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

    TrainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return Inputs.shown(this::train);
    }

    private Integer train() {
        Inputs.file(file);
        if (model != null) {
            Inputs.target("--model", model);
        }
        checkTargets(target);
        LstmOptions options = network.toOptions();
        Engine with = Engines.named(engine);
        var experiment = new Experiment(
                options, Inputs.choice("--protocol", Protocol.class, protocol), Inputs.part("--test-part", testPart));
        Series series = SeriesCsv.read(file, target);
        check(file, experiment, series);
        Experiment.Outcome outcome = run(experiment, series, with);
        if (model != null) {
            ModelFile.write(model, outcome.state());
        }
        TrainResult result = result(experiment, series, outcome);
        if (json) {
            context.console().json(result);
        } else {
            TrainReport.print(result, context.console().out());
        }
        return 0;
    }

    private Experiment.Outcome run(Experiment experiment, Series series, Engine with) {
        if (parallel == null && parts != null) {
            throw new UsageException("--parts " + parts + ": expected with --parallel only");
        }
        if (parallel == null && on == null && !running.isGiven()) {
            if (cluster.nodes() > 1) {
                throw new UsageException("--nodes " + cluster.nodes() + ": expected with --parallel or --on; without,"
                        + " training runs in this JVM and needs no node");
            }
            long epochs =
                    (long) experiment.options().epochs() * experiment.protocol().trainings();
            try (Console.Progress progress = context.console().progress("training", "epochs", epochs)) {
                return experiment.run(series, with, new Jvm(), new EpochNote(progress));
            }
        }
        return parallel == null ? runOn(experiment, series) : runByParts(experiment, series, parallel);
    }

    private Experiment.Outcome runOn(Experiment experiment, Series series) {
        try (Launcher.Session session = context.launcher().start(cluster, running);
                Console.Progress progress = context.console().progress("training", session.workflow())) {
            progress.note(on == null ? "on a node of the cluster" : "on " + on);
            List<String> names =
                    session.workflow().nodes().stream().map(NodeInfo::name).toList();
            if (on != null && !names.contains(on)) {
                throw new UsageException("--on " + on + ": there is no such node; found " + String.join(", ", names));
            }
            return experiment.runOn(session.workflow(), on, series, engine);
        }
    }

    private Experiment.Outcome runByParts(Experiment experiment, Series series, String when) {
        Averaging averaging = Inputs.choice("--parallel", Averaging.class, when);
        if (on != null) {
            throw new UsageException("--on " + on + ": expected without --parallel, which trains on all nodes");
        }
        if (experiment.protocol() != Protocol.PAPER_AS_WRITTEN) {
            throw new UsageException("--protocol " + protocol + ": expected paper-as-written with --parallel");
        }
        if (experiment.options().patience() > 0) {
            throw new UsageException("--patience: expected without --parallel, which does not stop early");
        }
        if (parts != null) {
            Inputs.between("--parts", 1, 1_000_000, parts);
        }
        try (Launcher.Session session = context.launcher().start(cluster, running);
                Console.Progress progress = context.console().progress("training", session.workflow())) {
            Workflow wf = session.workflow();
            int slots = wf.nodes().stream().mapToInt(NodeInfo::slots).sum();
            var note = new EpochNote(progress, "epoch", experiment.options().epochs());
            return experiment.runByParts(wf, series, engine, parts == null ? slots : parts, averaging, note);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    static void checkTargets(List<String> names) {
        var seen = new HashSet<String>();
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                throw new UsageException("--target " + String.join(",", names)
                        + ": expected names of columns, each once, with commas between");
            }
        }
    }

    static void check(Path file, Experiment experiment, Series series) {
        try {
            experiment.check(series);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private TrainResult result(Experiment experiment, Series series, Experiment.Outcome o) {
        Evaluation evaluation = o.evaluation();
        return new TrainResult(
                evaluation == null ? null : evaluation.metrics(),
                evaluation == null ? null : evaluation.persistence(),
                o.trainSeconds(),
                o.trainCpuSeconds(),
                o.evalSeconds(),
                o.peakMemoryMb(),
                experiment.options().seed(),
                experiment.options().epochs(),
                engine,
                protocol,
                o.epochs(),
                o.loss(),
                o.stoppedEarly(),
                series.rows(),
                experiment.trainingRows(series.rows()),
                o.state().weights().values().stream().mapToInt(w -> w.length).sum());
    }
}
