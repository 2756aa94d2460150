package dev.kiln.csvm.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.ModelKind;
import dev.kiln.csvm.MultiClassSvm;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.LabelBlock;
import dev.kiln.dislib.data.LabelColumn;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.data.TextFormat;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln csvm predict}. */
@Command(
        name = "predict",
        description =
                "Prints the label, or the number, that a model gives to each row of a file, one a line; for outliers"
                        + " -1.",
        footer = {"", "Example:", "  kiln csvm predict magic.svm magic04.test.csv --label last --out labels.txt"})
final class PredictCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model that train wrote.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "The rows: CSV or LIBSVM.")
    private Path file = Path.of("");

    @Option(
            names = "--label",
            paramLabel = "COL",
            description = "The column of labels in CSV: first, last, its name or its number from 1 (default: last if"
                    + " the file has one column more than the model has features, else none).")
    private @Nullable String label;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "csv, libsvm or auto (default: ${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(
            names = "--block-rows",
            paramLabel = "ROWS",
            defaultValue = "2000",
            description = "Rows of a block (default: ${DEFAULT-VALUE}).")
    private int blockRows = 2000;

    @Option(
            names = "--weight",
            paramLabel = "COL",
            description = "A column of weights in CSV, which is not looked at, since it is no feature.")
    private @Nullable String weight;

    @Option(
            names = "--sparse",
            paramLabel = "WHAT",
            defaultValue = "auto",
            description = "Whether zeros are left out: yes, no, or auto, as for train (default: ${DEFAULT-VALUE}).")
    private String sparse = "auto";

    @Option(names = "--out", paramLabel = "FILE", description = "Write the labels here, not to standard output.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object, with decision values.")
    private boolean json;

    @Option(
            names = "--probability",
            description =
                    "After each label, the probability of each class; a first line names them. The model must have"
                            + " been trained with --probability.")
    private boolean probability;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunningCluster running = new RunningCluster();

    PredictCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Inputs.file(model);
        Inputs.file(file);
        if (out != null) {
            Inputs.target("--out", out);
        }
        Inputs.atLeastOne("--block-rows", blockRows);
        TextFormat text = Inputs.format(format);
        LabelColumn ignored = weight == null ? LabelColumn.none() : Inputs.column("--weight", weight);
        DataFile data = DataFile.at(file)
                .format(text)
                .weight(ignored)
                .sparsity(Inputs.sparse(sparse))
                .blockRows(blockRows);
        LabelColumn given = label == null ? null : Inputs.label(label);
        ModelKind kind = BadInput.shown(() -> ModelKind.of(model));
        if (kind != ModelKind.CLASSES) {
            return withoutClasses(BadInput.shown(() -> new AimPredict(model, kind)), data, given);
        }
        MultiClassSvm.Model loaded = BadInput.shown(() -> MultiClassSvm.Model.load(model));
        if (probability && !loaded.hasProbabilities()) {
            throw new UsageException("--probability: " + model + " gives none; train it with --probability");
        }
        LabelColumn column = given == null ? column(data, loaded.features()) : given;
        PredictResult result;
        try (Launcher.Session session = context.launcher().start(cluster, running)) {
            result = BadInput.shown(() -> predict(loaded, data.label(column), session.workflow()));
        }
        report(result);
        return 0;
    }

    /** A column more than the model has features is taken for the labels, where train looks for them by default. */
    private LabelColumn column(DataFile data, int features) {
        int fields = BadInput.shown(() -> data.fields().orElse(0));
        return fields == features + (weight == null ? 1 : 2) ? LabelColumn.last() : LabelColumn.none();
    }

    private int withoutClasses(AimPredict predict, DataFile data, @Nullable LabelColumn given) {
        if (probability) {
            throw new UsageException("--probability: " + model + " knows no classes; expected a model that does");
        }
        LabelColumn column = given == null ? column(data, predict.features()) : given;
        PredictResult result;
        try (Launcher.Session session = context.launcher().start(cluster, running);
                Console.Progress progress = context.console().progress("predicting", session.workflow())) {
            progress.note(file.toString());
            DataFile rows = data.label(column).features(predict.features());
            result = BadInput.shown(() -> predict.predict(session.workflow(), rows.load(session.workflow())));
        }
        report(result);
        return 0;
    }

    private PredictResult predict(MultiClassSvm.Model svm, DataFile data, Workflow wf) {
        Loaded rows;
        double[][] decisions;
        try (Console.Progress progress = context.console().progress("predicting", wf)) {
            progress.note(file.toString());
            rows = data.features(svm.features()).load(wf);
            decisions = rows(svm.decisionFunction(rows.x()).collect().values(), svm.machines());
        }
        List<String> labels = new ArrayList<>();
        for (double[] decision : decisions) {
            labels.add(svm.classes().get(svm.winner(decision)));
        }
        return new PredictResult(
                rows.x().rows(),
                rows.x().columns(),
                rows.x().blockRows(),
                wf.nodes().size(),
                wf.nodes().getFirst().slots(),
                svm.classes(),
                svm.supportVectors(),
                accuracy(rows, svm, labels),
                null,
                labels,
                svm.machines() == 1
                        ? Arrays.stream(decisions).mapToDouble(d -> d[0]).toArray()
                        : decisions,
                svm.hasProbabilities() ? svm.probabilitiesOf(decisions) : null);
    }

    private static double[][] rows(double[] values, int columns) {
        double[][] rows = new double[values.length / columns][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return rows;
    }

    /** Null when the rows have no labels, or labels that the model does not know and so cannot hit. */
    private static @Nullable Double accuracy(Loaded rows, MultiClassSvm.Model svm, List<String> labels) {
        if (!rows.isLabelled() || !svm.classes().containsAll(rows.labels().distinct())) {
            return null;
        }
        int row = 0;
        long correct = 0;
        for (Ref<LabelBlock> ref : rows.labels().blocks()) {
            LabelBlock block = ref.get();
            for (int i = 0; i < block.rows(); i++) {
                correct += block.label(i).equals(labels.get(row++)) ? 1 : 0;
            }
        }
        return correct / (double) row;
    }

    private void report(PredictResult result) {
        Console console = context.console();
        List<String> labels = lines(result);
        if (out != null && labels != null) {
            write(out, labels);
            result = withoutRows(result);
        }
        if (json) {
            console.json(result);
            return;
        }
        PrintWriter lines = console.out();
        if (out == null && labels != null) {
            labels.forEach(lines::println);
        }
        lines.flush();
        Double accuracy = result.accuracy();
        Double r2 = result.r2();
        String found = accuracy == null ? "" : String.format(Locale.ROOT, ", accuracy %.2f %%", 100 * accuracy);
        found += r2 == null ? "" : String.format(Locale.ROOT, ", R^2 %.4f", r2);
        console.err().println(String.format(Locale.ROOT, "%,d rows predicted", result.rows()) + found);
        console.err().flush();
    }

    private @Nullable List<String> lines(PredictResult result) {
        List<String> labels = result.labels();
        double[][] probabilities = result.probabilities();
        if (!probability || labels == null || probabilities == null) {
            return labels;
        }
        List<String> lines = new ArrayList<>(List.of("labels " + String.join(" ", result.classes())));
        for (int i = 0; i < labels.size(); i++) {
            var line = new StringBuilder(labels.get(i));
            for (double p : probabilities[i]) {
                line.append(' ').append(p);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static PredictResult withoutRows(PredictResult r) {
        return new PredictResult(
                r.rows(),
                r.features(),
                r.blocks(),
                r.nodes(),
                r.slots(),
                r.classes(),
                r.supportVectors(),
                r.accuracy(),
                r.r2(),
                null,
                null,
                null);
    }

    private static void write(Path target, List<String> lines) {
        try {
            Files.write(target, lines);
        } catch (IOException e) {
            throw new UsageException("--out " + target + ": cannot be written: " + e);
        }
    }
}
