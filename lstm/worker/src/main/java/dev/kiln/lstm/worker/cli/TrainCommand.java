package dev.kiln.lstm.worker.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.UsageException;
import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.worker.Experiment;
import dev.kiln.lstm.worker.ModelFile;
import dev.kiln.lstm.worker.Protocol;
import dev.kiln.lstm.worker.SeriesCsv;
import dev.kiln.lstm.worker.engine.Engine;
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
            "Example:",
            "  kiln lstm train node_3_utilisation.csv --target CPU,MEM --epochs 100 --model node.lstm"
        })
final class TrainCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The series: CSV whose first line names the columns.")
    private Path file = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "COL",
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

    @Option(names = "--model", paramLabel = "OUT", description = "Write the model to this file.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

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
        Engine with = Inputs.engine(engine);
        var experiment = new Experiment(
                options, Inputs.choice("--protocol", Protocol.class, protocol), Inputs.part("--test-part", testPart));
        Series series = SeriesCsv.read(file, target);
        check(experiment, series);
        Experiment.Outcome outcome = experiment.run(series, with, new Machine(), loss -> {});
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

    static void checkTargets(List<String> names) {
        var seen = new HashSet<String>();
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                throw new UsageException("--target " + String.join(",", names)
                        + ": expected names of columns, each once, with commas between");
            }
        }
    }

    private void check(Experiment experiment, Series series) {
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
                Machine.peakMemoryMb(),
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
