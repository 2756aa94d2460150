package dev.kiln.lstm.worker;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.ForecasterState;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.TrainingProgress;
import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains on the first rows of a series, in time, and tests on the rest, by a {@link Protocol}. The test rows lose a
 * window at their beginning, as in the paper.
 *
 * @param options of the network
 * @param protocol what is timed
 * @param testPart the part of the rows to test on, 0 to below 1; 0 for none
 */
public record Experiment(LstmOptions options, Protocol protocol, double testPart) {

    /** Time and processor time, both in nanoseconds from any beginning. */
    public interface Clocks {
        /** Time. */
        long time();

        /** Processor time. */
        long cpu();
    }

    /**
     * What came of it.
     *
     * @param state of the network
     * @param evaluation on the test rows; null without any
     * @param epochs trained in all
     * @param loss of the last epoch
     * @param stoppedEarly whether early stopping ended it
     * @param trainSeconds of the training that counts
     * @param trainCpuSeconds likewise
     * @param evalSeconds of all evaluations
     * @param peakMemoryMb the most that was resident at once in the JVM that trained
     */
    public record Outcome(
            ForecasterState state,
            @Nullable Evaluation evaluation,
            int epochs,
            double loss,
            boolean stoppedEarly,
            double trainSeconds,
            double trainCpuSeconds,
            double evalSeconds,
            double peakMemoryMb) {}

    /** How many of the rows are trained on. */
    public int trainingRows(int rows) {
        return (int) ((1 - testPart) * rows);
    }

    /**
     * Checks that both parts have a window.
     *
     * @throws IllegalArgumentException otherwise
     */
    public void check(Series series) {
        int needed = options.window() + options.horizon();
        int held = options.patience() == 0 ? 0 : (int) Math.ceil(options.validation() * needed);
        int train = trainingRows(series.rows());
        if (train < needed + held) {
            throw new IllegalArgumentException(
                    "expected at least " + (needed + held) + " rows to train on, for a window of "
                            + options.window() + " and a horizon of " + options.horizon() + "; found " + train + " of "
                            + series.rows());
        }
        if (testPart > 0 && series.rows() - train < needed) {
            throw new IllegalArgumentException("expected at least " + needed + " rows to test on, for a window of "
                    + options.window() + " and a horizon of " + options.horizon() + "; found " + (series.rows() - train)
                    + " of " + series.rows());
        }
    }

    /** Does it by a task on the node of this name, or on any when it is null, and waits. */
    public Outcome runOn(Workflow wf, @Nullable String node, Series series, String engine) {
        check(series);
        Placement placement = node == null ? Placement.anywhere() : Placement.node(node);
        return wf.task(Experiment::experiment)
                .on(placement)
                .submit(value(series), value(this), value(engine))
                .get();
    }

    @Task(name = "train")
    static Outcome experiment(Series series, Experiment experiment, String engine) {
        return experiment.run(series, Engines.named(engine), new Jvm(), loss -> {});
    }

    /**
     * Trains on parts of the training rows and tests on the others here.
     *
     * @throws IllegalArgumentException as by {@link #check} and {@link PartTraining#train}
     */
    public Outcome runByParts(
            Workflow wf, Series series, String engine, int parts, Averaging averaging, DoubleConsumer listener) {
        check(series);
        var clocks = new Jvm();
        int split = trainingRows(series.rows());
        long time = clocks.time();
        long cpu = clocks.cpu();
        PartTraining.Result result =
                new PartTraining(wf, options, engine, listener).train(series.slice(0, split), parts, averaging);
        double seconds = (clocks.time() - time) * 1e-9;
        double cpuSeconds = (clocks.cpu() - cpu) * 1e-9;
        Evaluation evaluation = null;
        time = clocks.time();
        if (testPart > 0) {
            try (var forecaster = new LstmForecaster(Engines.named(engine))) {
                forecaster.restore(result.state());
                evaluation = forecaster.evaluate(series.slice(split, series.rows()));
            }
        }
        double[] losses = result.losses();
        return new Outcome(
                result.state(),
                evaluation,
                losses.length,
                losses[losses.length - 1],
                false,
                seconds,
                cpuSeconds,
                (clocks.time() - time) * 1e-9,
                Jvm.peakMemoryMb());
    }

    /** Does it, in this thread; the listener hears the loss of each epoch. */
    public Outcome run(Series series, Engine engine, Clocks clocks, DoubleConsumer listener) {
        check(series);
        int split = trainingRows(series.rows());
        Series train = series.slice(0, split);
        try (var forecaster = new LstmForecaster(engine)) {
            forecaster.configure(options);
            long time = 0;
            long cpu = 0;
            TrainingProgress progress = null;
            for (int pass = 0; pass < protocol.trainings(); pass++) {
                time = clocks.time();
                cpu = clocks.cpu();
                progress = forecaster.train(train, options.epochs(), listener);
            }
            double seconds = (clocks.time() - time) * 1e-9;
            double cpuSeconds = (clocks.cpu() - cpu) * 1e-9;
            Evaluation evaluation = null;
            double evalSeconds = 0;
            if (testPart > 0) {
                Series test = series.slice(split, series.rows());
                time = clocks.time();
                for (int pass = 0; pass < protocol.evaluations(); pass++) {
                    evaluation = forecaster.evaluate(test);
                }
                evalSeconds = (clocks.time() - time) * 1e-9;
            }
            return new Outcome(
                    forecaster.state(),
                    evaluation,
                    progress == null ? 0 : progress.epochs(),
                    progress == null ? Double.NaN : progress.loss(),
                    progress != null && progress.stoppedEarly(),
                    seconds,
                    cpuSeconds,
                    evalSeconds,
                    Jvm.peakMemoryMb());
        }
    }
}
