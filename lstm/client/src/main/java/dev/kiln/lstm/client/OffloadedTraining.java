package dev.kiln.lstm.client;

import dev.kiln.client.KilnClient;
import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.Forecaster;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Metrics;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.lstm.TrainingProgress;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ObjectInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads a series, has a network trained and tested in a running cluster, and writes down what that took: how much of the
 * time went by in the cluster, and how much here. {@code kiln lstm offload-table} runs it in a JVM that has the class
 * path of a client and nothing else.
 */
public final class OffloadedTraining {

    private static final Duration LONGEST = Duration.ofHours(12);

    private final Map<String, String> order;
    private final Properties found = new Properties();

    private OffloadedTraining(Map<String, String> order) {
        this.order = order;
    }

    /**
     * Does it.
     *
     * @param args {@code name=value} each: {@code token}, the token file; {@code file}, the series; {@code target}, its
     *     columns with commas between; {@code train}, how many of the rows to train on; {@code engine}, {@code epochs},
     *     {@code seed}; how many {@code trainings} of so many epochs, of which the last is timed, and {@code evaluations},
     *     all of them timed; {@code out}, the file of properties to write
     * @throws IOException when the cluster cannot be reached or the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Map<String, String> order = new HashMap<>();
        for (String each : args) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("expected name=value, found " + each);
            }
            order.put(each.substring(0, equals), each.substring(equals + 1));
        }
        new OffloadedTraining(order).run();
    }

    private void run() throws IOException {
        long began = System.nanoTime();
        Series series =
                SeriesCsv.read(Path.of(text("file")), List.of(text("target").split(",", -1)));
        Series train = series.slice(0, number("train"));
        Series test = series.slice(number("train"), series.rows());
        int epochs = number("epochs");
        LstmOptions options =
                LstmOptions.builder().epochs(epochs).seed(number("seed")).build();
        try (var kiln = KilnClient.connect(Path.of(text("token")))) {
            ActiveObject<Forecaster> object =
                    kiln.object(Forecaster.class).create(text("engine")).timeout(LONGEST);
            Forecaster forecaster = object.stub();
            forecaster.configure(options);
            for (int pass = 1; pass < number("trainings"); pass++) {
                var _ = forecaster.train(train, epochs);
            }
            var training = new Watch(object);
            TrainingProgress progress = forecaster.train(train, epochs);
            training.stop("train");
            var evaluating = new Watch(object);
            Evaluation evaluation = forecaster.evaluate(test);
            for (int pass = 1; pass < number("evaluations"); pass++) {
                evaluation = forecaster.evaluate(test);
            }
            evaluating.stop("eval");
            // All calls, those that are not timed too: what is left of the whole is the client's own.
            put("serverSeconds", seconds(object.info()));
            object.delete();
            put("loss", progress.losses()[progress.losses().length - 1]);
            evaluation.metrics().forEach((name, metrics) -> put("network." + name, metrics));
            evaluation.persistence().forEach((name, metrics) -> put("persistence." + name, metrics));
        }
        put("seconds", (System.nanoTime() - began) * 1e-9);
        put("peakMb", peakMb());
        try (var out = Files.newBufferedWriter(Path.of(text("out")))) {
            found.store(out, null);
        }
    }

    /** Measures calls of an object, as they take here, and in the cluster. For one thread. */
    private final class Watch {
        private final ActiveObject<?> object;
        private final double before;
        private final long began;

        Watch(ActiveObject<?> object) {
            this.object = object;
            this.before = seconds(object.info());
            this.began = System.nanoTime();
        }

        void stop(String name) {
            put(name + "Seconds", (System.nanoTime() - began) * 1e-9);
            put(name + "ServerSeconds", seconds(object.info()) - before);
        }
    }

    /** What all calls of an object together took in the cluster. */
    private static double seconds(ObjectInfo info) {
        return info.calls() * info.meanMicros() * 1e-6;
    }

    /** The most memory that was resident here, in MB of 1e6 bytes; NaN where the system does not say. */
    private static double peakMb() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024e-6;
                }
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return Double.NaN;
    }

    private String text(String name) {
        String value = order.get(name);
        if (value == null) {
            throw new IllegalArgumentException("expected " + name + "=...");
        }
        return value;
    }

    private int number(String name) {
        return Integer.parseInt(text(name));
    }

    private void put(String name, double value) {
        found.setProperty(name, Double.toString(value));
    }

    private void put(String name, Metrics m) {
        put(name + ".mse", m.mse());
        put(name + ".mae", m.mae());
        put(name + ".smape", m.smape());
        put(name + ".rmse", m.rmse());
    }
}
