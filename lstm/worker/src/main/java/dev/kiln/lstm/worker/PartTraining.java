package dev.kiln.lstm.worker;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static dev.kiln.tasks.Placement.shard;

import dev.kiln.lstm.ForecasterState;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.worker.Stage.Summary;
import dev.kiln.lstm.worker.engine.Gradient;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;

/**
 * Trains one network on the parts of a series, or on series that lie on different nodes, by tasks. The result depends
 * on the parts and the options, not on nodes, slots or the order in which tasks end. For one thread.
 *
 * <p>Averaging after each step is synchronous data-parallel descent; after each epoch it is local descent with
 * averaging; federated rounds are H. B. McMahan and others, <i>Communication-efficient learning of deep networks from
 * decentralized data</i>, AISTATS 2017, with Adam in place of plain descent.
 */
public final class PartTraining {

    private final Workflow wf;
    private final LstmOptions options;
    private final String engine;
    private final DoubleConsumer listener;

    /**
     * What came of it.
     *
     * @param state of the network
     * @param losses one for each epoch, or each round: the mean over the windows of all parts
     */
    public record Result(ForecasterState state, double[] losses) {}

    /**
     * A file that lies on a node, whose rows do not leave it.
     *
     * @param node its name
     * @param file on that node
     */
    public record NodeFile(String node, Path file) {}

    /**
     * A training yet to be begun.
     *
     * @param options of the network; {@code patience} has to be 0
     * @param engine that computes, by its name; every node must have it
     * @param listener hears the loss of each epoch or round, in the calling thread
     */
    public PartTraining(Workflow wf, LstmOptions options, String engine, DoubleConsumer listener) {
        if (options.patience() > 0) {
            throw new IllegalArgumentException(
                    "patience " + options.patience() + ": expected 0; there is no early stopping in training by parts");
        }
        this.wf = wf;
        this.options = options;
        this.engine = engine;
        this.listener = listener;
    }

    /**
     * Cuts the series into parts of nearly as many windows each, spread over the nodes, and trains on all of them. A
     * step sees about {@code batch} windows, shared among the parts.
     *
     * @throws IllegalArgumentException when there are fewer windows than parts
     */
    public Result train(Series series, int parts, Averaging averaging) {
        int windows = Windows.count(series.rows(), options.window(), options.horizon());
        if (parts < 1 || windows < parts) {
            throw new IllegalArgumentException(
                    "expected 1 to " + windows + " parts, as many as there are windows; found " + parts);
        }
        int batch = averaging == Averaging.STEP ? Math.ceilDiv(options.batch(), parts) : options.batch();
        var job = new Job(options, series.variables(), engine, batch);
        List<Ref<Series>> cut = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            int from = (int) ((long) windows * p / parts);
            int to = (int) ((long) windows * (p + 1) / parts);
            Series rows = series.slice(from, to + options.window() + options.horizon() - 1);
            cut.add(wf.task(PartTasks::part).on(shard(p % Placement.SHARDS)).submit(value(rows)));
            counts.add(to - from);
        }
        Ref<Scaling> scaling = scaling(cut, p -> shard(p % Placement.SHARDS));
        List<Ref<ScaledRows>> rows = scaled(cut, scaling, p -> shard(p % Placement.SHARDS));
        return averaging == Averaging.STEP
                ? bySteps(job, series.names(), scaling.get(), rows, counts)
                : byEpochs(job, series.names(), scaling.get(), rows);
    }

    private Result bySteps(
            Job job, List<String> names, Scaling scaling, List<Ref<ScaledRows>> rows, List<Integer> counts) {
        Ref<Stage> stage = wf.task(PartTasks::first).submit(value(job));
        int steps =
                Math.ceilDiv(counts.stream().mapToInt(Integer::intValue).max().orElse(0), job.batch());
        double[] losses = new double[options.epochs()];
        for (int epoch = 0; epoch < losses.length; epoch++) {
            List<Ref<Summary>> summaries = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                Ref<Map<String, float[]>> weights = stage.part(Stage::weights);
                List<Ref<Gradient>> gradients = new ArrayList<>();
                for (int p = 0; p < rows.size(); p++) {
                    gradients.add(wf.task(PartTasks::gradient)
                            .submit(rows.get(p), weights, value(job), value(p), value(epoch), value(step)));
                }
                Ref<Stage> next = wf.task(PartTasks::step).submit(stage, all(gradients), value(job));
                summaries.add(next.part(Stage::summary));
                weights.delete();
                gradients.forEach(Ref::delete);
                stage.delete();
                stage = next;
            }
            Ref<Double> loss = wf.task(PartTasks::loss).submit(all(summaries));
            summaries.forEach(Ref::delete);
            losses[epoch] = loss.get();
            loss.delete();
            listener.accept(losses[epoch]);
        }
        return result(names, scaling, stage.get(), losses);
    }

    private Result byEpochs(Job job, List<String> names, Scaling scaling, List<Ref<ScaledRows>> rows) {
        Ref<Stage> stage = wf.task(PartTasks::first).submit(value(job));
        double[] losses = new double[options.epochs()];
        for (int epoch = 0; epoch < losses.length; epoch++) {
            List<Ref<Stage>> locals = new ArrayList<>();
            for (int p = 0; p < rows.size(); p++) {
                locals.add(wf.task(PartTasks::local)
                        .submit(rows.get(p), stage, value(job), value(p), value(epoch), value(1)));
            }
            Ref<Stage> next = wf.task(PartTasks::averageAll).submit(all(locals));
            locals.forEach(Ref::delete);
            stage.delete();
            stage = next;
            losses[epoch] = loss(stage.part(Stage::summary));
        }
        return result(names, scaling, stage.get(), losses);
    }

    /**
     * Federated rounds: each node reads its own file and trains on it for some epochs, from the weights that all share
     * and with Adam's moments of its own; then weights are averaged, each weighed by its windows. What leaves a node is
     * its weights, its least and greatest values, and how many windows it has.
     *
     * @param localEpochs of a round; {@code epochs} of the options has to be a multiple
     */
    public Result federated(List<NodeFile> files, List<String> names, int localEpochs) {
        if (localEpochs < 1 || options.epochs() % localEpochs != 0) {
            throw new IllegalArgumentException(
                    "localEpochs " + localEpochs + ": expected a divisor of the " + options.epochs() + " epochs");
        }
        var job = new Job(options, names.size(), engine, options.batch());
        IntFunction<Placement> home = p -> node(files.get(p).node());
        List<Ref<Series>> series = new ArrayList<>();
        for (int p = 0; p < files.size(); p++) {
            series.add(wf.task(PartTasks::read)
                    .on(home.apply(p))
                    .submit(value(files.get(p).file().toString()), value(names)));
        }
        for (int p = 0; p < files.size(); p++) {
            int rows = wf.task(PartTasks::rows)
                    .on(home.apply(p))
                    .submit(series.get(p))
                    .get();
            if (Windows.count(rows, options.window(), options.horizon()) < 1) {
                throw new IllegalArgumentException(files.get(p).file() + ": expected at least "
                        + (options.window() + options.horizon()) + " rows, found " + rows);
            }
        }
        Ref<Scaling> scaling = scaling(series, home);
        List<Ref<ScaledRows>> rows = scaled(series, scaling, home);
        double[] losses = new double[options.epochs() / localEpochs];
        Ref<Stage> first = wf.task(PartTasks::first).submit(value(job));
        Ref<Map<String, float[]>> weights = first.part(Stage::weights);
        List<Ref<Stage>> own = new ArrayList<>();
        for (int round = 0; round < losses.length; round++) {
            List<Ref<Stage>> after = new ArrayList<>();
            for (int p = 0; p < rows.size(); p++) {
                Ref<Stage> before = round == 0 ? first : own.get(p);
                after.add(wf.task(PartTasks::localAgain)
                        .on(home.apply(p))
                        .submit(
                                rows.get(p),
                                before,
                                weights,
                                value(job),
                                value(p),
                                value(round * localEpochs),
                                value(localEpochs)));
            }
            weights.delete();
            own.forEach(Ref::delete);
            own = after;
            List<Ref<Map<String, float[]>>> found =
                    own.stream().map(s -> s.part(Stage::weights)).toList();
            List<Ref<Summary>> sizes =
                    own.stream().map(s -> s.part(Stage::summary)).toList();
            weights = wf.task(PartTasks::average).submit(all(found), all(sizes));
            losses[round] =
                    PartTasks.mean(sizes.stream().map(Ref::get).toList()).loss();
            found.forEach(Ref::delete);
            sizes.forEach(Ref::delete);
            listener.accept(losses[round]);
        }
        Stage start = first.get();
        var last = new Stage(
                weights.get(),
                start.firstMoments(),
                start.secondMoments(),
                0,
                new Summary(0, losses[losses.length - 1]));
        return result(names, scaling.get(), last, losses);
    }

    private double loss(Ref<Summary> summary) {
        double loss = summary.get().loss();
        summary.delete();
        listener.accept(loss);
        return loss;
    }

    private Ref<Scaling> scaling(List<Ref<Series>> parts, IntFunction<Placement> home) {
        List<Ref<Scaling>> ranges = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            ranges.add(wf.task(PartTasks::range).on(home.apply(p)).submit(parts.get(p)));
        }
        return wf.task(PartTasks::ranges).submit(all(ranges));
    }

    private List<Ref<ScaledRows>> scaled(List<Ref<Series>> parts, Ref<Scaling> scaling, IntFunction<Placement> home) {
        List<Ref<ScaledRows>> rows = new ArrayList<>();
        for (int p = 0; p < parts.size(); p++) {
            rows.add(wf.task(PartTasks::scale).on(home.apply(p)).submit(parts.get(p), scaling));
        }
        parts.forEach(Ref::delete);
        return rows;
    }

    private Result result(List<String> names, Scaling scaling, Stage last, double[] losses) {
        return new Result(
                new ForecasterState(
                        options,
                        names,
                        scaling.minima(),
                        scaling.maxima(),
                        last.weights(),
                        last.firstMoments(),
                        last.secondMoments(),
                        last.steps(),
                        options.epochs()),
                losses);
    }
}
