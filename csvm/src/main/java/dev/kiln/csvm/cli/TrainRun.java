package dev.kiln.csvm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvm;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.LinearSvm;
import dev.kiln.csvm.LinearSvmOptions;
import dev.kiln.csvm.Round;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.BadDataException;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.Labels;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Loads, trains, tests and saves. For one thread. */
final class TrainRun {

    private final TrainSpec spec;
    private final Workflow wf;
    private final Console console;
    private final LongSupplier nanos;
    private final TaskOptions.Solver solver;

    /** By the cascade. */
    TrainRun(TrainSpec spec, Workflow wf, Console console, LongSupplier nanos) {
        this(spec, wf, console, nanos, TaskOptions.Solver.CASCADE);
    }

    TrainRun(TrainSpec spec, Workflow wf, Console console, LongSupplier nanos, TaskOptions.Solver solver) {
        this.solver = solver;
        this.spec = spec;
        this.wf = wf;
        this.console = console;
        this.nanos = nanos;
    }

    /** Does all of it. */
    TrainResult run() {
        return BadInput.shown(this::train);
    }

    private TrainResult train() {
        long start = nanos.getAsLong();
        Loaded train;
        Loaded test;
        try (Console.Progress progress = console.progress("loading", wf)) {
            progress.note(spec.file().toString());
            train = file(spec.file()).load(wf);
            Path testFile = spec.test();
            test = testFile == null ? null : loadTest(testFile, train);
        }
        if (!train.isLabelled()) {
            throw new UsageException(spec.file() + ": there is no column of labels; expected --label");
        }
        List<String> classes = train.labels().distinct();
        boolean many = spec.positive() == null
                && (classes.size() > 2 || (classes.size() == 2 && spec.multi().isAsked()));
        if (solver == TaskOptions.Solver.DESCENT && (many || spec.multi().probability())) {
            throw new UsageException("--solver descent: " + spec.file() + " has the labels " + listed(classes)
                    + "; expected two labels or --positive, and no --probability");
        }
        if (many) {
            return new MultiTrainRun(spec, wf, console, nanos).run(train, test, classes, null, start);
        }
        String positive = positive(train.labels());
        if (spec.multi().probability()) {
            List<String> two = List.of(negative(train.labels(), positive), positive);
            return new MultiTrainRun(spec, wf, console, nanos).run(train, test, two, positive, start);
        }
        String negative = negative(train.labels(), positive);
        CascadeSvmOptions options = spec.options().toBuilder()
                .classWeights(spec.weights().of(List.of(positive, negative), new double[] {1, -1}))
                .build();
        DsArray y = train.labels().signs(positive);
        StandardScaler.Model scaler = spec.standardize() ? new StandardScaler().fit(train.x()) : null;
        DsArray x = scaler == null ? train.x() : scaler.transform(train.x());
        x.await();
        long loaded = nanos.getAsLong();
        CascadeSvm.Model model;
        List<Round> rounds = new ArrayList<>();
        try (Console.Progress progress = console.progress("training", wf)) {
            Consumer<Round> listener = round -> {
                rounds.add(round);
                progress.note(note(round));
            };
            model = solver == TaskOptions.Solver.DESCENT
                    ? new LinearSvm(descent(options)).fit(x, y, listener)
                    : new CascadeSvm(options).fit(x, y, train.weights(), listener);
        } catch (IllegalArgumentException e) {
            throw new UsageException(spec.file() + ": " + e.getMessage());
        }
        long trained = nanos.getAsLong();
        CascadeSvm.Model named = model.named(positive, negative);
        CascadeSvm.Model whole = scaler == null ? named : named.scaledBy(scaler);
        Double testAccuracy = test == null
                ? null
                : (Double) whole.score(test.x(), test.labels().signsOrNone(positive));
        if (spec.model() != null) {
            whole.save(spec.model());
        }
        return result(train, whole, testAccuracy, rounds, (loaded - start) * 1e-9, (trained - loaded) * 1e-9);
    }

    private static LinearSvmOptions descent(CascadeSvmOptions options) {
        return LinearSvmOptions.builder()
                .c(options.c())
                .classWeights(options.classWeights())
                .tolerance(options.tolerance())
                .maxRounds(options.maxRounds())
                .seed(options.seed())
                .build();
    }

    private DataFile file(Path path) {
        return DataFile.at(path)
                .format(spec.format())
                .label(spec.label())
                .weight(spec.weights().column())
                .blockRows(spec.blockRows())
                .sparsity(spec.sparse());
    }

    private Loaded loadTest(Path path, Loaded train) {
        Loaded test = file(path).like(train).load(wf);
        if (!test.isLabelled()) {
            throw new BadDataException(path + ": the test file has no column of labels");
        }
        return test;
    }

    /** The label of the positive class, checked against the labels there are. */
    String positive(Labels labels) {
        List<String> found = labels.distinct();
        if (found.size() == 1) {
            throw new UsageException(spec.file() + ": all " + labels.rows() + " rows have the label '"
                    + found.getFirst() + "'; expected rows of two classes");
        }
        String wanted = spec.positive();
        if (wanted != null) {
            String name = Labels.canonical(wanted);
            if (!found.contains(name)) {
                throw new UsageException("--positive " + wanted + ": no row of " + spec.file()
                        + " has this label; found " + listed(found));
            }
            return name;
        }
        if (found.size() == 2 && found.stream().allMatch(TrainRun::isNumber)) {
            return found.getLast();
        }
        throw new UsageException("--positive is missing; the labels of " + spec.file() + " are " + listed(found));
    }

    static String negative(Labels labels, String positive) {
        List<String> others =
                labels.distinct().stream().filter(l -> !l.equals(positive)).toList();
        return others.size() == 1 ? others.getFirst() : "not-" + positive;
    }

    private static boolean isNumber(String label) {
        try {
            return Double.isFinite(Double.parseDouble(label));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String listed(List<String> labels) {
        int shown = Math.min(8, labels.size());
        String first = String.join(", ", labels.subList(0, shown));
        return labels.size() > shown ? first + " and " + (labels.size() - shown) + " more" : first;
    }

    static String note(Round round) {
        return String.format(
                Locale.ROOT,
                "round %d, %,d violators, worst %.2g, %,d support vectors, dual %.8g, gap %.2g",
                round.number(),
                round.violators(),
                round.violation(),
                round.supportVectors(),
                round.objective(),
                round.gap());
    }

    private TrainResult result(
            Loaded train,
            CascadeSvm.Model model,
            @Nullable Double testAccuracy,
            List<Round> rounds,
            double load,
            double training) {
        Certificate certificate = model.certificate();
        List<NodeInfo> nodes = wf.nodes();
        WorkflowStats stats = wf.stats();
        return new TrainResult(
                train.x().rows(),
                train.x().columns(),
                train.x().blockRows(),
                nodes.size(),
                nodes.getFirst().slots(),
                List.of(model.negativeLabel(), model.positiveLabel()),
                model.supportVectors(),
                certificate.rounds(),
                certificate.converged(),
                certificate.dualObjective(),
                certificate.relativeGap(),
                certificate.trainAccuracy(),
                testAccuracy,
                load,
                training,
                stats.done(),
                stats.bytesMoved(),
                rounds);
    }
}
