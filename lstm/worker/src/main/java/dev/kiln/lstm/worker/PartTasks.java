package dev.kiln.lstm.worker;

import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.lstm.worker.Stage.Summary;
import dev.kiln.lstm.worker.engine.Gradient;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkState;
import dev.kiln.tasks.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks of training by parts. Each result depends on the arguments alone; lists are in the order of the parts. */
final class PartTasks {

    private PartTasks() {}

    /** Reads a file where it lies. */
    @Task(name = "read")
    static Series read(String file, List<String> names) {
        return SeriesCsv.read(Path.of(file), names);
    }

    @Task(name = "rows")
    static int rows(Series part) {
        return part.rows();
    }

    /** Stays where it is made, which {@code put} does not promise of small values. */
    @Task(name = "part")
    static Series part(Series rows) {
        return rows.slice(0, rows.rows());
    }

    @Task(name = "range")
    static Scaling range(Series part) {
        return Scaling.fit(part);
    }

    @Task(name = "ranges")
    static Scaling ranges(List<Scaling> parts) {
        return parts.stream().reduce(Scaling::and).orElseThrow();
    }

    @Task(name = "scale")
    static ScaledRows scale(Series part, Scaling scaling) {
        return new ScaledRows(scaling.apply(part));
    }

    @Task(name = "first")
    static Stage first(Job job) {
        return Stage.of(NetworkState.random(job.shape(), job.options().seed()), new Summary(0, 0));
    }

    /** The slope of a part's share of one step; of no windows when the part has no more in this epoch. */
    @Task(name = "gradient")
    static Gradient gradient(ScaledRows rows, Map<String, float[]> weights, Job job, int part, int epoch, int step) {
        Windows windows = job.windows(rows);
        int[] order = job.order(windows.count(), part, epoch);
        int from = Math.min(order.length, step * job.batch());
        int to = Math.min(order.length, from + job.batch());
        if (from == to) {
            List<float[]> zeros = job.shape().parameters().stream()
                    .map(p -> new float[p.size()])
                    .toList();
            return new Gradient(0, 0, zeros);
        }
        try (Network network = job.open(NetworkState.untrained(job.shape(), weights))) {
            return network.gradient(windows.batch(order, from, to));
        }
    }

    /** One step of Adam down the mean of the parts' slopes. */
    @Task(name = "step")
    static Stage step(Stage stage, List<Gradient> parts, Job job) {
        Gradient mean = Gradient.mean(parts);
        try (Network network = job.open(stage.state())) {
            network.step(mean);
            return Stage.of(network.state(), new Summary(mean.windows(), mean.loss()));
        }
    }

    /** Trains a part's own network for some epochs, from here on. */
    @Task(name = "local")
    static Stage local(ScaledRows rows, Stage stage, Job job, int part, int epoch, int epochs) {
        return epochs(rows, stage.state(), job, part, epoch, epochs);
    }

    /** As {@link #local}, from shared weights and the moments that this part had before. */
    @Task(name = "local-again")
    static Stage localAgain(
            ScaledRows rows, Stage own, Map<String, float[]> weights, Job job, int part, int epoch, int epochs) {
        var state = new NetworkState(weights, own.firstMoments(), own.secondMoments(), own.steps());
        return epochs(rows, state, job, part, epoch, epochs);
    }

    private static Stage epochs(ScaledRows rows, NetworkState state, Job job, int part, int epoch, int epochs) {
        Windows windows = job.windows(rows);
        int count = windows.count();
        try (Network network = job.open(state)) {
            double loss = 0;
            for (int e = epoch; e < epoch + epochs; e++) {
                loss = Epochs.train(network, windows, job.order(count, part, e));
            }
            return Stage.of(network.state(), new Summary(count, loss));
        }
    }

    /** Weights and moments of all parts, each weighed by its windows. */
    @Task(name = "average-all")
    static Stage averageAll(List<Stage> parts) {
        List<Summary> sizes = parts.stream().map(Stage::summary).toList();
        return new Stage(
                mean(parts.stream().map(Stage::weights).toList(), sizes),
                mean(parts.stream().map(Stage::firstMoments).toList(), sizes),
                mean(parts.stream().map(Stage::secondMoments).toList(), sizes),
                parts.stream().mapToLong(Stage::steps).max().orElse(0),
                mean(sizes));
    }

    /** Weights of all parts, each weighed by its windows. */
    @Task(name = "average")
    static Map<String, float[]> average(List<Map<String, float[]>> weights, List<Summary> sizes) {
        return mean(weights, sizes);
    }

    /** The mean of losses, each as heavy as the others. */
    @Task(name = "loss")
    static double loss(List<Summary> steps) {
        return steps.stream().mapToDouble(Summary::loss).sum() / steps.size();
    }

    /** The mean of losses, each weighed by its windows. */
    static Summary mean(List<Summary> parts) {
        double sum = 0;
        int windows = 0;
        for (Summary part : parts) {
            sum += part.loss() * part.windows();
            windows += part.windows();
        }
        return new Summary(windows, sum / windows);
    }

    private static Map<String, float[]> mean(List<Map<String, float[]>> parts, List<Summary> sizes) {
        double all = sizes.stream().mapToInt(Summary::windows).sum();
        Map<String, float[]> means = new LinkedHashMap<>();
        parts.getFirst().forEach((name, values) -> {
            float[] mean = new float[values.length];
            for (int p = 0; p < parts.size(); p++) {
                add((float) (sizes.get(p).windows() / all), parts.get(p).getOrDefault(name, values), mean);
            }
            means.put(name, mean);
        });
        return means;
    }

    private static void add(float share, float[] part, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += share * part[i];
        }
    }
}
