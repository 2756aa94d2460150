package dev.kiln.csvm.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.ClassWeights;
import dev.kiln.csvm.GridSearch;
import dev.kiln.csvm.MultiClass;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.Labels;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.data.Sparsity;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln csvm tune}. */
@Command(
        name = "tune",
        description = "Finds C and gamma of the rbf kernel by cross-validation, for two classes or more.",
        footer = {
            "",
            "Example:",
            "  kiln csvm tune magic04.train.csv --positive g --standardize --c 1,10,100 --gamma 0.01,0.1 --folds 5",
            "  kiln csvm tune digits.csv --c 1,10 --gamma 0.001,0.01 --class-weight balanced"
        })
final class TuneCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The data: CSV, or LIBSVM with labels -1/+1, 0/1 or 1/2.")
    private Path file = Path.of("");

    @Option(
            names = "--c",
            paramLabel = "C",
            split = ",",
            defaultValue = "0.1,1,10,100",
            description = "Values of C to try (default: ${DEFAULT-VALUE}).")
    private List<String> cs = List.of();

    @Option(
            names = "--gamma",
            paramLabel = "X",
            split = ",",
            defaultValue = "0.01,0.1,1",
            description = "Values of gamma to try (default: ${DEFAULT-VALUE}).")
    private List<String> gammas = List.of();

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Into how many parts the rows are cut (default: ${DEFAULT-VALUE}).")
    private int folds = 5;

    @Option(
            names = "--label",
            paramLabel = "COL",
            defaultValue = "last",
            description = "The column of labels in CSV: first, last, its name or its number from 1"
                    + " (default: ${DEFAULT-VALUE}).")
    private String label = "last";

    @Option(names = "--positive", paramLabel = "VALUE", description = "The label of the positive class, as for train.")
    private @Nullable String positive;

    @Option(
            names = "--multiclass",
            paramLabel = "HOW",
            description = "For more than two labels: ovo for each two classes, or ovr for each class against the rest.")
    private @Nullable String multiclass;

    @Mixin
    private WeightOptions weights = new WeightOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "csv, libsvm or auto (default: ${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(names = "--standardize", description = "Bring each column to mean 0 and deviation 1 first.")
    private boolean standardize;

    @Option(
            names = "--block-rows",
            paramLabel = "ROWS",
            defaultValue = "2000",
            description = "Rows of a block (default: ${DEFAULT-VALUE}).")
    private int blockRows = 2000;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Draws the folds (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunningCluster running = new RunningCluster();

    TuneCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Inputs.file(file);
        if (folds < 2) {
            throw new UsageException("--folds " + folds + ": expected 2 or more");
        }
        if (positive != null && multiclass != null) {
            throw new UsageException("--multiclass " + multiclass + ": expected without --positive");
        }
        List<Double> prices =
                cs.stream().map(c -> Inputs.positive("--c", c)).distinct().toList();
        List<Double> widths = gammas.stream()
                .map(g -> Inputs.positive("--gamma", g))
                .distinct()
                .toList();
        var spec = new TrainSpec(
                file,
                Inputs.format(format),
                Inputs.label(label),
                positive,
                standardize,
                Inputs.atLeastOne("--block-rows", blockRows),
                Sparsity.AUTO,
                weights.checked(),
                CascadeSvmOptions.builder().seed(seed).build(),
                new MultiSpec(
                        multiclass == null ? null : Inputs.choice("--multiclass", MultiClass.class, multiclass), false),
                null,
                null);
        TuneResult result;
        try (Launcher.Session session = context.launcher().start(cluster, running)) {
            result = BadInput.shown(() -> tune(spec, session.workflow(), prices, widths));
        }
        if (json) {
            context.console().json(result);
        } else {
            print(result, context.console().out());
        }
        return 0;
    }

    private TuneResult tune(TrainSpec spec, Workflow wf, List<Double> prices, List<Double> widths) {
        Loaded data;
        try (Console.Progress progress = context.console().progress("loading", wf)) {
            progress.note(file.toString());
            data = DataFile.at(file)
                    .format(spec.format())
                    .label(spec.label())
                    .weight(spec.weights().column())
                    .blockRows(spec.blockRows())
                    .load(wf);
        }
        if (!data.isLabelled()) {
            throw new UsageException(file + ": there is no column of labels; expected --label");
        }
        List<String> classes = data.labels().distinct();
        boolean many = positive == null && (classes.size() > 2 || (classes.size() == 2 && multiclass != null));
        String name = many ? "" : new TrainRun(spec, wf, context.console(), System::nanoTime).positive(data.labels());
        DsArray y = many ? data.labels().codes(classes) : data.labels().signs(name);
        CascadeSvmOptions options = spec.options().toBuilder()
                .classWeights(many ? ofClasses(spec, classes) : ofSides(spec, data.labels(), name))
                .build();
        DsArray x = standardize ? new StandardScaler().fit(data.x()).transform(data.x()) : data.x();
        long start = System.nanoTime();
        List<GridSearch.Cell> cells;
        try (Console.Progress progress = context.console().progress("tuning", wf)) {
            progress.note(prices.size() * widths.size() + " pairs, " + folds + " folds");
            cells = new GridSearch(options, folds)
                    .run(x, y, data.weights(), spec.multi().how(), prices, widths, step -> progress.note(note(step)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        GridSearch.Cell best = GridSearch.best(cells);
        return new TuneResult(
                x.rows(),
                x.columns(),
                folds,
                cells,
                best,
                command(best),
                seconds,
                wf.stats().done());
    }

    private static ClassWeights ofClasses(TrainSpec spec, List<String> classes) {
        return spec.weights()
                .of(classes, IntStream.range(0, classes.size()).asDoubleStream().toArray());
    }

    private static ClassWeights ofSides(TrainSpec spec, Labels labels, String positive) {
        return spec.weights().of(List.of(positive, TrainRun.negative(labels, positive)), new double[] {1, -1});
    }

    private static String note(GridSearch.Step step) {
        return String.format(
                Locale.ROOT, "gamma %.4g, round %d, %,d violators", step.gamma(), step.round(), step.violators());
    }

    private String command(GridSearch.Cell best) {
        var line = new StringBuilder("kiln csvm train ").append(quoted(file.toString()));
        if (!label.equals("last")) {
            line.append(" --label ").append(quoted(label));
        }
        if (positive != null) {
            line.append(" --positive ").append(quoted(positive));
        }
        if (multiclass != null) {
            line.append(" --multiclass ").append(multiclass);
        }
        weights.appendTo(line);
        if (!format.equals("auto")) {
            line.append(" --format ").append(format);
        }
        if (standardize) {
            line.append(" --standardize");
        }
        return line.append(" --c ")
                .append(best.c())
                .append(" --gamma ")
                .append(best.gamma())
                .toString();
    }

    /** As a shell reads it. */
    static String quoted(String text) {
        return text.matches("[\\w./+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static void print(TuneResult r, PrintWriter out) {
        out.println("         C      gamma  accuracy");
        for (GridSearch.Cell cell : r.cells()) {
            out.printf(
                    Locale.ROOT,
                    "%10.4g %10.4g %7.2f %%%s%n",
                    cell.c(),
                    cell.gamma(),
                    100 * cell.accuracy(),
                    cell.equals(r.best()) ? "  best" : "");
        }
        out.printf(
                Locale.ROOT,
                "%d folds of %,d rows in %.2f s, %,d tasks%n",
                r.folds(),
                r.rows(),
                r.seconds(),
                r.tasks());
        out.println(r.command());
        out.flush();
    }
}
