package dev.kiln.lstm.worker.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Metrics;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.lstm.worker.Engines;
import dev.kiln.lstm.worker.Experiment;
import dev.kiln.lstm.worker.Jvm;
import dev.kiln.lstm.worker.Protocol;
import dev.kiln.lstm.worker.engine.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln lstm accuracy-table}. */
@Command(
        name = "accuracy-table",
        description = "Trains with many seeds, and prints mean and deviation of each metric beside persistence: the"
                + " paper's table 5.",
        footer = {
            "",
            "Example:",
            "  kiln lstm accuracy-table node_3_utilisation.csv --target CPU,MEM --seeds 20 --protocol paper-as-coded"
        })
final class AccuracyTableCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The series: CSV whose first line names the columns.")
    private Path file = Path.of("");

    @Option(
            names = "--target",
            paramLabel = "COL",
            arity = "1..*",
            split = ",",
            required = true,
            description = "The columns to learn, by name.")
    private List<String> target = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many trainings, with --seed and the numbers after it (default: ${DEFAULT-VALUE}).")
    private int seeds = 20;

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
            description = "paper-as-written or paper-as-coded (default: ${DEFAULT-VALUE}).")
    private String protocol = "paper-as-written";

    @Option(names = "--json", description = "Print the table as one JSON object.")
    private boolean json;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    AccuracyTableCommand(CommandContext context) {
        this.context = context;
    }

    /** One variable. */
    record Line(Spread mse, Spread mae, Spread smape, Spread rmse, Metrics persistence) {}

    /** The JSON object. */
    record Table(int seeds, long firstSeed, String engine, String protocol, int epochs, Map<String, Line> variables) {}

    @Override
    public Integer call() {
        return Inputs.shown(this::table);
    }

    private Integer table() {
        Inputs.file(file);
        TrainCommand.checkTargets(target);
        Inputs.between("--seeds", 1, 10_000, seeds);
        LstmOptions options = network.toOptions();
        Protocol timed = Inputs.choice("--protocol", Protocol.class, protocol);
        Engine with = Engines.named(engine);
        Series series = SeriesCsv.read(file, target);
        List<Evaluation> found = new ArrayList<>();
        try (Console.Progress progress = context.console().progress("training", "seeds", seeds)) {
            for (int s = 0; s < seeds; s++) {
                LstmOptions seeded =
                        options.toBuilder().seed(options.seed() + s).build();
                found.add(evaluate(new Experiment(seeded, timed, 0.2), series, with));
                progress.done(s + 1);
            }
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        for (String name : target) {
            lines.put(
                    name,
                    new Line(
                            spread(found, name, Metrics::mse),
                            spread(found, name, Metrics::mae),
                            spread(found, name, Metrics::smape),
                            spread(found, name, Metrics::rmse),
                            metrics(found.getFirst().persistence(), name)));
        }
        var table = new Table(seeds, options.seed(), engine, protocol, options.epochs(), lines);
        if (json) {
            context.console().json(table);
        } else {
            print(table, context.console().out());
        }
        return 0;
    }

    private Evaluation evaluate(Experiment experiment, Series series, Engine with) {
        try {
            Evaluation evaluation =
                    experiment.run(series, with, new Jvm(), loss -> {}).evaluation();
            if (evaluation == null) {
                throw new IllegalStateException("no test rows");
            }
            return evaluation;
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private static Metrics metrics(Map<String, Metrics> of, String name) {
        Metrics found = of.get(name);
        if (found == null) {
            throw new IllegalStateException("no metrics of " + name);
        }
        return found;
    }

    private static Spread spread(List<Evaluation> found, String name, ToDoubleFunction<Metrics> metric) {
        return Spread.of(found.stream()
                .map(e -> metrics(e.metrics(), name))
                .mapToDouble(metric)
                .toArray());
    }

    private static void print(Table table, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d seed%s from %d, engine %s, %s, %d epochs%n%n",
                table.seeds(),
                table.seeds() == 1 ? "" : "s",
                table.firstSeed(),
                table.engine(),
                table.protocol(),
                table.epochs());
        int width = table.variables().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0)
                + 14;
        String form = "%-" + width + "s %17s %17s %17s %17s%n";
        out.printf(form, "", "MSE", "MAE", "SMAPE", "RMSE");
        table.variables().forEach((name, line) -> {
            out.printf(form, name, text(line.mse()), text(line.mae()), text(line.smape()), text(line.rmse()));
            Metrics p = line.persistence();
            out.printf(form, name + ", persistence", text(p.mse()), text(p.mae()), text(p.smape()), text(p.rmse()));
        });
        out.flush();
    }

    private static String text(Spread s) {
        return String.format(Locale.ROOT, "%.3f +- %.3f", s.mean(), s.deviation());
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
