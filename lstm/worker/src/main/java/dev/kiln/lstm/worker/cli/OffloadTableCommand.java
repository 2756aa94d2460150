package dev.kiln.lstm.worker.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.lstm.worker.Engines;
import dev.kiln.lstm.worker.Experiment;
import dev.kiln.lstm.worker.Protocol;
import dev.kiln.lstm.worker.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln lstm offload-table}. */
@Command(
        name = "offload-table",
        description = {
            "Trains in one process, and in a cluster that is started for it, from a light client in a process of its own,"
                    + " and prints the memory, time, accuracy and size of each beside those of the paper.",
            "What is measured is the distribution that the command runs from."
        },
        footer = {"", "Example:", "  kiln lstm offload-table --repeats 5"})
final class OffloadTableCommand implements Callable<Integer> {

    private static final int QUICK_EPOCHS = 5;

    private final CommandContext context;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The series: CSV whose first line names the columns (default: the one that comes with Kiln).")
    private @Nullable Path file;

    @Option(
            names = "--target",
            paramLabel = "COL",
            split = ",",
            defaultValue = "CPU,MEM",
            description = "The columns to learn, by name (default: ${DEFAULT-VALUE}).")
    private List<String> target = List.of();

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "java",
            description = "What trains: java, or torch where it is installed (default: ${DEFAULT-VALUE}).")
    private String engine = "java";

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            defaultValue = "paper-as-coded",
            description = "paper-as-written or paper-as-coded (default: ${DEFAULT-VALUE}).")
    private String protocol = "paper-as-coded";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "100",
            description = "Passes over the training rows (default: ${DEFAULT-VALUE}).")
    private int epochs = 100;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many runs, each with new processes and the next seed (default: ${DEFAULT-VALUE}).")
    private int repeats = 3;

    @Option(
            names = "--quick",
            description = "One run of " + QUICK_EPOCHS + " epochs, and no Java is made for the server.")
    private boolean quick;

    @Option(names = "--json", description = "Print the tables as one JSON object.")
    private boolean json;

    OffloadTableCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return Inputs.shown(this::table);
    }

    private Integer table() {
        TrainCommand.checkTargets(target);
        Inputs.between("--repeats", 1, 1000, repeats);
        Inputs.between("--epochs", 1, 1_000_000, epochs);
        Protocol timed = Inputs.choice("--protocol", Protocol.class, protocol);
        List<String> missing = new ArrayList<>();
        boolean trains = isThere(missing);
        Installation kiln = Installation.ofThisJvm();
        Path series = (file == null ? kiln.series() : file).toAbsolutePath();
        Inputs.file(series);
        Series read = SeriesCsv.read(series, target);
        int passes = quick ? QUICK_EPOCHS : epochs;
        var experiment = new Experiment(LstmOptions.builder().epochs(passes).build(), timed, 0.2);
        TrainCommand.check(series, experiment, read);
        var job = new OffloadTrial.Job(series, target, experiment.trainingRows(read.rows()), engine, timed, passes);
        OffloadFigures figures = measured(kiln, job, trains ? quick ? 1 : repeats : 0, missing);
        if (json) {
            context.console().json(figures);
        } else {
            OffloadReport.print(figures, context.console().out());
        }
        return 0;
    }

    /** Whether the engine is there; torch may be missing, of which a note tells. */
    private boolean isThere(List<String> missing) {
        try {
            var _ = Engines.named(engine);
            return true;
        } catch (EngineException e) {
            if (!engine.equals("torch")) {
                throw e;
            }
            missing.add("LibTorch is not installed, so nothing was trained; docs/lstm.md says how to install it.");
            return false;
        }
    }

    private OffloadFigures measured(Installation kiln, OffloadTrial.Job job, int runs, List<String> missing) {
        Path scratch = folder();
        try (var _ = new AtExit(() -> delete(scratch))) {
            Path client = scratch.resolve("client");
            boolean ownJava = kiln.makeClient(client, scratch);
            if (!ownJava) {
                missing.add("This JDK cannot make a Java for the client (no jlink), which ran with the whole JDK.");
            }
            List<OffloadTrial> trials = new ArrayList<>();
            try (Console.Progress progress = context.console().progress("measuring", "runs", runs)) {
                for (int seed = 1; seed <= runs; seed++) {
                    trials.add(OffloadTrial.run(kiln, client, scratch, job, seed));
                    progress.done(seed);
                }
            }
            Installation.Size server = kiln.size(quick ? null : scratch, engine.equals("torch") && !trials.isEmpty());
            if (server.runtime() == null) {
                missing.add(
                        quick
                                ? "With --quick no Java is made for the server, so its size is not known."
                                : "This JDK cannot make a Java for the server (no jlink), so its size is not known.");
            }
            return figures(job, trials, Installation.sizeOfClient(client), server, missing);
        } finally {
            delete(scratch);
        }
    }

    private OffloadFigures figures(
            OffloadTrial.Job job,
            List<OffloadTrial> trials,
            Installation.Size client,
            Installation.Size server,
            List<String> missing) {
        if (trials.stream().anyMatch(trial -> Double.isNaN(trial.client().memoryMean()))) {
            missing.add("This system does not say how much memory is resident.");
        }
        return new OffloadFigures(
                String.valueOf(job.file().getFileName()),
                job.targets(),
                engine,
                protocol,
                job.epochs(),
                trials.size(),
                machine(),
                "Java " + Runtime.version().feature(),
                OffloadFigures.mean(trials, OffloadTrial::alone),
                OffloadFigures.mean(trials, OffloadTrial::client),
                OffloadFigures.mean(trials, OffloadTrial::server),
                OffloadFigures.mean(trials, OffloadTrial::aggregate),
                trials.isEmpty() ? null : trials.stream().allMatch(OffloadTrial::same),
                OffloadFigures.accuracy(trials, job.targets()),
                client,
                server,
                new TreeMap<>(OffloadReport.PAPER),
                List.copyOf(missing));
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %d processors",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("kiln-offload-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
