package dev.kiln.csvm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.MultiClassSvm;
import dev.kiln.csvm.MultiRound;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.Labels;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowStats;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Trains, tests and saves a model of several classes, or one with probabilities. For one thread. */
final class MultiTrainRun {

    private final TrainSpec spec;
    private final Workflow wf;
    private final Console console;
    private final LongSupplier nanos;

    MultiTrainRun(TrainSpec spec, Workflow wf, Console console, LongSupplier nanos) {
        this.spec = spec;
        this.wf = wf;
        this.console = console;
        this.nanos = nanos;
    }

    /**
     * Does all of it.
     *
     * @param classes the labels; when there is a positive one, the negative one and the positive one
     * @param positive the label of the positive class, of which all others are the negative one; null for a class a label
     * @param start when loading began
     */
    TrainResult run(Loaded train, @Nullable Loaded test, List<String> classes, @Nullable String positive, long start) {
        DsArray y = numbers(train.labels(), classes, positive);
        StandardScaler.Model scaler = spec.standardize() ? new StandardScaler().fit(train.x()) : null;
        DsArray x = scaler == null ? train.x() : scaler.transform(train.x());
        x.await();
        long loaded = nanos.getAsLong();
        double[] values = positive == null
                ? IntStream.range(0, classes.size()).asDoubleStream().toArray()
                : new double[] {-1, 1};
        CascadeSvmOptions options = spec.options().toBuilder()
                .classWeights(spec.weights().of(classes, values))
                .build();
        var svm = new MultiClassSvm(options, spec.multi().how());
        MultiClassSvm.Model model;
        try (Console.Progress progress = console.progress("training", wf)) {
            model = (spec.multi().probability() ? svm.withProbability() : svm)
                    .fit(x, y, train.weights(), round -> progress.note(note(classes, round)));
        } catch (IllegalArgumentException e) {
            throw new UsageException(spec.file() + ": " + e.getMessage());
        }
        long trained = nanos.getAsLong();
        MultiClassSvm.Model named = model.named(classes);
        MultiClassSvm.Model whole = scaler == null ? named : named.scaledBy(scaler);
        Double testAccuracy =
                test == null ? null : (Double) whole.score(test.x(), numbers(test.labels(), classes, positive));
        if (spec.model() != null) {
            whole.save(spec.model());
        }
        return result(train, whole, testAccuracy, (loaded - start) * 1e-9, (trained - loaded) * 1e-9);
    }

    private static DsArray numbers(Labels labels, List<String> classes, @Nullable String positive) {
        return positive == null ? labels.codes(classes) : labels.signsOrNone(positive);
    }

    private static String note(List<String> classes, MultiRound round) {
        return String.format(
                Locale.ROOT,
                "%s against %s, round %d, %,d violators",
                classes.get(round.first()),
                round.second() < 0 ? "the rest" : classes.get(round.second()),
                round.round().number(),
                round.round().violators());
    }

    /** Rounds and gap are those of the machine with most; the dual objective is the sum. */
    private TrainResult result(
            Loaded train, MultiClassSvm.Model model, @Nullable Double testAccuracy, double load, double training) {
        List<Certificate> certificates = model.certificates();
        List<NodeInfo> nodes = wf.nodes();
        WorkflowStats stats = wf.stats();
        return new TrainResult(
                train.x().rows(),
                train.x().columns(),
                train.x().blockRows(),
                nodes.size(),
                nodes.getFirst().slots(),
                model.classes(),
                model.supportVectors(),
                certificates.stream().mapToInt(Certificate::rounds).max().orElse(0),
                certificates.stream().allMatch(Certificate::converged),
                certificates.stream().mapToDouble(Certificate::dualObjective).sum(),
                certificates.stream()
                        .mapToDouble(Certificate::relativeGap)
                        .max()
                        .orElse(0),
                model.trainAccuracy(),
                testAccuracy,
                load,
                training,
                stats.done(),
                stats.bytesMoved(),
                null);
    }
}
