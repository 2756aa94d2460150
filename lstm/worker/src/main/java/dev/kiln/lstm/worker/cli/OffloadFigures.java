package dev.kiln.lstm.worker.cli;

import dev.kiln.lstm.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code offload-table} prints; with {@code --json} as an object of these names in this order. Memory and sizes are
 * in MB of 1e6 bytes, times in seconds; what is not known is null.
 *
 * @param file the series
 * @param targets its columns
 * @param engine that trained
 * @param protocol what was timed
 * @param epochs of one training
 * @param runs that the figures are the means of
 * @param machine that they were measured on
 * @param java of the client and the server
 * @param alone training in one process
 * @param client of a cluster, with the time that went by in it alone
 * @param server the node, with the time of the calls
 * @param aggregate both together
 * @param sameModels whether, in each run, both trainings ended with the same loss and the same metrics
 * @param accuracy for each variable, over the runs, whose seeds are 1, 2 and so on
 * @param clientSize installed
 * @param serverSize installed
 * @param paper figures of the paper that stand beside these
 * @param missing what could not be measured, and why
 */
record OffloadFigures(
        String file,
        List<String> targets,
        String engine,
        String protocol,
        int epochs,
        int runs,
        String machine,
        String java,
        OffloadTrial.@Nullable Use alone,
        OffloadTrial.@Nullable Use client,
        OffloadTrial.@Nullable Use server,
        OffloadTrial.@Nullable Use aggregate,
        @Nullable Boolean sameModels,
        @Nullable Map<String, Accuracies> accuracy,
        Installation.Size clientSize,
        Installation.Size serverSize,
        Map<String, Double> paper,
        List<String> missing) {

    /**
     * Accuracy of one variable.
     *
     * @param mse mean and deviation
     * @param mae likewise
     * @param smape likewise
     * @param rmse likewise
     * @param persistence of saying that the last value stays
     */
    record Accuracies(
            Spread mse,
            Spread mae,
            Spread smape,
            Spread rmse,
            @Nullable Metrics persistence) {}

    static OffloadTrial.@Nullable Use mean(
            List<OffloadTrial> trials, java.util.function.Function<OffloadTrial, OffloadTrial.Use> of) {
        return trials.stream()
                .map(of)
                .reduce(OffloadTrial.Use::plus)
                .map(sum -> sum.times(1.0 / trials.size()))
                .orElse(null);
    }

    static @Nullable Map<String, Accuracies> accuracy(List<OffloadTrial> trials, List<String> targets) {
        if (trials.isEmpty()) {
            return null;
        }
        Map<String, Accuracies> all = new LinkedHashMap<>();
        for (String name : targets) {
            all.put(
                    name,
                    new Accuracies(
                            spread(trials, name, Metrics::mse),
                            spread(trials, name, Metrics::mae),
                            spread(trials, name, Metrics::smape),
                            spread(trials, name, Metrics::rmse),
                            trials.getFirst().persistence().get(name)));
        }
        return all;
    }

    private static Spread spread(List<OffloadTrial> trials, String name, ToDoubleFunction<Metrics> metric) {
        return Spread.of(trials.stream()
                .mapToDouble(trial -> {
                    Metrics found = trial.metrics().get(name);
                    return found == null ? Double.NaN : metric.applyAsDouble(found);
                })
                .toArray());
    }
}
