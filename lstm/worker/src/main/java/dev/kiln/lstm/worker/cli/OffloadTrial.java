package dev.kiln.lstm.worker.cli;

import dev.kiln.lstm.Metrics;
import dev.kiln.lstm.worker.Protocol;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One training in one process, and the same in a cluster that was started for it, from a client in a JVM of its own.
 *
 * @param alone the process that trains
 * @param client of the cluster; its times are what went by in it alone
 * @param server the node, which is the cluster; its times are those of the calls
 * @param aggregate client and server together
 * @param metrics on the test rows, for each variable, of the network that was trained in the cluster
 * @param persistence of saying that the last value stays
 * @param same whether both networks ended with the same loss and the same metrics
 */
record OffloadTrial(
        Use alone,
        Use client,
        Use server,
        Use aggregate,
        Map<String, Metrics> metrics,
        Map<String, Metrics> persistence,
        boolean same) {

    /**
     * What one process, or two together, used; memory in MB of 1e6 bytes, times in seconds.
     *
     * @param memoryMean resident, on the mean over time
     * @param memoryPeak resident, at most
     * @param train of the epochs that are timed
     * @param eval of the evaluations
     * @param total from the start of the process to its end
     */
    record Use(double memoryMean, double memoryPeak, double train, double eval, double total) {

        Use plus(Use other) {
            return new Use(
                    memoryMean + other.memoryMean,
                    memoryPeak + other.memoryPeak,
                    train + other.train,
                    eval + other.eval,
                    total + other.total);
        }

        Use times(double factor) {
            return new Use(memoryMean * factor, memoryPeak * factor, train * factor, eval * factor, total * factor);
        }
    }

    /**
     * What to train.
     *
     * @param file the series
     * @param targets its columns
     * @param trainingRows of its rows
     * @param engine that trains
     * @param protocol what is timed
     * @param epochs of one training
     */
    record Job(Path file, List<String> targets, int trainingRows, String engine, Protocol protocol, int epochs) {}

    /** Does both. */
    static OffloadTrial run(Installation kiln, Path client, Path scratch, Job job, long seed) {
        Child alone = Child.run(
                scratch,
                List.of(
                        kiln.kiln(),
                        "lstm",
                        "train",
                        job.file.toString(),
                        "--target",
                        String.join(",", job.targets),
                        "--engine",
                        job.engine,
                        "--protocol",
                        Inputs.name(job.protocol),
                        "--epochs",
                        Integer.toString(job.epochs),
                        "--seed",
                        Long.toString(seed),
                        "--json"));
        JsonNode json = JsonMapper.shared().readTree(alone.out());
        Use whole = new Use(
                alone.memoryMean(),
                alone.memoryPeak(),
                json.get("trainSeconds").asDouble(),
                json.get("evalSeconds").asDouble(),
                alone.seconds());
        try (var server = ServerProcess.start(kiln, scratch)) {
            return offloaded(server, client, scratch, job, seed, whole, json);
        }
    }

    private static OffloadTrial offloaded(
            ServerProcess node, Path client, Path scratch, Job job, long seed, Use alone, JsonNode json) {
        Path answer = scratch.resolve("answer.properties");
        List<String> command = Installation.client(client, "dev.kiln.lstm.client.OffloadedTraining");
        command.addAll(List.of(
                "token=" + node.token(),
                "file=" + job.file,
                "target=" + String.join(",", job.targets),
                "train=" + job.trainingRows,
                "engine=" + job.engine,
                "epochs=" + job.epochs,
                "seed=" + seed,
                "trainings=" + job.protocol.trainings(),
                "evaluations=" + job.protocol.evaluations(),
                "out=" + answer));
        try (var memory = new MemoryWatch(node.pid())) {
            Child ran = Child.run(scratch, command);
            Properties p = properties(answer);
            Use server = new Use(
                    memory.meanMb(),
                    memory.peakMb(),
                    number(p, "trainServerSeconds"),
                    number(p, "evalServerSeconds"),
                    number(p, "serverSeconds"));
            Use own = new Use(
                    ran.memoryMean(),
                    Math.max(ran.memoryPeak(), number(p, "peakMb")),
                    number(p, "trainSeconds") - server.train,
                    number(p, "evalSeconds") - server.eval,
                    ran.seconds() - server.total);
            Map<String, Metrics> metrics = metrics(p, "network.", job.targets);
            return new OffloadTrial(
                    alone,
                    own,
                    server,
                    own.plus(server),
                    metrics,
                    metrics(p, "persistence.", job.targets),
                    number(p, "loss") == json.get("loss").asDouble()
                            && job.targets.stream()
                                    .allMatch(t -> number(p, "network." + t + ".mse")
                                            == json.get("metrics")
                                                    .get(t)
                                                    .get("mse")
                                                    .asDouble()));
        }
    }

    private static Map<String, Metrics> metrics(Properties p, String prefix, List<String> names) {
        Map<String, Metrics> all = new LinkedHashMap<>();
        for (String name : names) {
            String of = prefix + name + ".";
            all.put(
                    name,
                    new Metrics(
                            number(p, of + "mse"),
                            number(p, of + "mae"),
                            number(p, of + "smape"),
                            number(p, of + "rmse")));
        }
        return all;
    }

    private static double number(Properties p, String name) {
        return Double.parseDouble(p.getProperty(name, "NaN"));
    }

    private static Properties properties(Path file) {
        var found = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            found.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
        return found;
    }
}
