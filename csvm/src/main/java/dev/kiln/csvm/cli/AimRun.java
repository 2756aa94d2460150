package dev.kiln.csvm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.EpsilonSvr;
import dev.kiln.csvm.OneClassSvm;
import dev.kiln.csvm.Round;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.Labels;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Loads, trains, tests and saves a machine that predicts numbers or finds outliers. For one thread. */
final class AimRun {

    private final TrainSpec spec;
    private final TaskOptions.TaskSpec task;
    private final Workflow wf;
    private final Console console;
    private final LongSupplier nanos;

    AimRun(TrainSpec spec, TaskOptions.TaskSpec task, Workflow wf, Console console, LongSupplier nanos) {
        this.spec = spec;
        this.task = task;
        this.wf = wf;
        this.console = console;
        this.nanos = nanos;
    }

    /** Does all of it. */
    AimResult run() {
        return BadInput.shown(this::train);
    }

    /** A machine, and what becomes of its training. */
    private record Trained(
            int supportVectors,
            Certificate certificate,
            @Nullable Double testScore) {}

    private AimResult train() {
        long start = nanos.getAsLong();
        Loaded train;
        Loaded test;
        try (Console.Progress progress = console.progress("loading", wf)) {
            progress.note(spec.file().toString());
            train = file(spec.file()).load(wf);
            Path testFile = spec.test();
            // The numbers to be predicted need not be among those of the training data.
            test = testFile == null
                    ? null
                    : file(testFile).like(train).allowedLabels(List.of()).load(wf);
        }
        StandardScaler.Model scaler = spec.standardize() ? new StandardScaler().fit(train.x()) : null;
        DsArray x = scaler == null ? train.x() : scaler.transform(train.x());
        x.await();
        long loaded = nanos.getAsLong();
        Trained trained;
        List<Round> rounds = new ArrayList<>();
        try (Console.Progress progress = console.progress("training", wf)) {
            Consumer<Round> note = round -> {
                rounds.add(round);
                progress.note(TrainRun.note(round));
            };
            trained = task.task() == TaskOptions.Task.REGRESS
                    ? regress(train, test, x, scaler, note)
                    : outliers(test, x, scaler, note);
        } catch (IllegalArgumentException e) {
            throw new UsageException(spec.file() + ": " + e.getMessage());
        }
        return result(train, trained, rounds, (loaded - start) * 1e-9, (nanos.getAsLong() - loaded) * 1e-9);
    }

    private Trained regress(
            Loaded train,
            @Nullable Loaded test,
            DsArray x,
            StandardScaler.@Nullable Model scaler,
            Consumer<Round> note) {
        DsArray y = targets(spec.file(), train);
        EpsilonSvr.Model model = new EpsilonSvr(spec.options(), task.epsilon()).fit(x, y, train.weights(), note);
        EpsilonSvr.Model whole = scaler == null ? model : model.scaledBy(scaler);
        Path testFile = spec.test();
        Double score =
                test == null || testFile == null ? null : (Double) whole.score(test.x(), targets(testFile, test));
        if (spec.model() != null) {
            whole.save(spec.model());
        }
        return new Trained(whole.supportVectors(), whole.certificate(), score);
    }

    private Trained outliers(
            @Nullable Loaded test, DsArray x, StandardScaler.@Nullable Model scaler, Consumer<Round> note) {
        OneClassSvm.Model model = new OneClassSvm(spec.options(), task.nu()).fit(x, note);
        OneClassSvm.Model whole = scaler == null ? model : model.scaledBy(scaler);
        Double score = test == null ? null : (Double) inside(whole.predict(test.x()));
        if (spec.model() != null) {
            whole.save(spec.model());
        }
        return new Trained(whole.supportVectors(), whole.certificate(), score);
    }

    private static double inside(DsArray signs) {
        double[] all = signs.collect().values();
        long inside = 0;
        for (double sign : all) {
            inside += sign > 0 ? 1 : 0;
        }
        return inside / (double) all.length;
    }

    private static DsArray targets(Path file, Loaded data) {
        if (!data.isLabelled()) {
            throw new UsageException(file + ": there is no column of numbers to predict; expected --label");
        }
        Labels labels = data.labels();
        try {
            return labels.numbers();
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private DataFile file(Path path) {
        return DataFile.at(path)
                .format(spec.format())
                .label(spec.label())
                .weight(spec.weights().column())
                .blockRows(spec.blockRows())
                .sparsity(spec.sparse());
    }

    private AimResult result(Loaded train, Trained trained, List<Round> rounds, double load, double training) {
        Certificate certificate = trained.certificate();
        WorkflowStats stats = wf.stats();
        return new AimResult(
                task.task().name().toLowerCase(Locale.ROOT),
                train.x().rows(),
                train.x().columns(),
                train.x().blockRows(),
                wf.nodes().size(),
                wf.nodes().getFirst().slots(),
                trained.supportVectors(),
                certificate.rounds(),
                certificate.converged(),
                certificate.dualObjective(),
                certificate.relativeGap(),
                certificate.trainAccuracy(),
                trained.testScore(),
                load,
                training,
                stats.done(),
                stats.bytesMoved(),
                rounds);
    }
}
