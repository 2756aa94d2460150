package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** A real Slurm on this machine, and the distribution as its user runs it. */
final class Slurm implements AutoCloseable {

    private static final Path SCRIPT =
            Path.of("../slurm/dev/slurm-on-one-host").toAbsolutePath().normalize();
    private static final int CANNOT_BE_HAD = 77;

    /** Its ports are below those of jobs, and not the usual ones: one may run that was started by hand, or of another test. */
    private static final int LEAST_PORT = 16_900;

    private static final int MOST_PORT = 19_900;
    private static final int PORTS = 8;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** A start within the second of the end would have the credential that ended with it. */
    private static final long PAUSE_NANOS = 2_000_000_000;

    final Path folder;
    private final Path slurm;
    private final Map<String, String> environment;
    private final Path kiln = Distribution.built().home.resolve("bin/kiln");

    private Slurm(Path folder, Path slurm, Map<String, String> environment) {
        this.folder = folder;
        this.slurm = slurm;
        this.environment = environment;
    }

    /** Starts it; where Debian's packages cannot be had, the test is skipped, and says so. */
    static Slurm start(Path folder) throws Exception {
        // Its socket's path must be short.
        Path slurm = Files.createTempDirectory("slurm");
        var port = Map.of("KILN_SLURM_PORT", Integer.toString(freePorts()));
        Ran ran = Ran.of(folder, port, SCRIPT.toString(), "start", slurm.toString());
        if (ran.code() == CANNOT_BE_HAD) {
            String why = "NO REAL SLURM HERE, SO KILN'S JOBS ARE NOT TESTED: "
                    + ran.err().strip();
            System.err.println(why);
            Assumptions.abort(why);
        }
        assertEquals(0, ran.code(), ran.err());
        Files.writeString(folder.resolve("site.yaml"), "shared: [/]\nmem-per-node: 900m\ncpus-per-node: 1\n");
        var environment = new HashMap<String, String>();
        environment.put("SLURM_CONF", slurm.resolve("slurm.conf").toString());
        environment.put("KILN_RUNS", folder.resolve("runs").toString());
        environment.put("KILN_PROFILE", folder.resolve("site.yaml").toString());
        environment.put("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
        return new Slurm(folder, slurm, environment);
    }

    /** The first of some ports in a row that nobody has. */
    private static int freePorts() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LEAST_PORT, MOST_PORT);
            if (IntStream.range(first, first + PORTS).allMatch(Slurm::free)) {
                return first;
            }
        }
        throw new AssertionError("no " + PORTS + " free ports in a row from " + LEAST_PORT + " to " + MOST_PORT);
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    Ran kiln(String... args) throws Exception {
        return Ran.end(begin(args));
    }

    Process begin(String... args) throws IOException {
        return Ran.start(folder, environment, kiln.toString(), args);
    }

    /** A program of Slurm itself. */
    Ran ask(String program, String... args) throws Exception {
        return Ran.of(folder, environment, program, args);
    }

    /** Submits a job, with all that its options need; returns it once its program has printed a line. */
    Job submit(String... args) throws Exception {
        var words = new ArrayList<>(List.of("submit"));
        words.addAll(List.of(args));
        Ran ran = kiln(words.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        String id = ran.out().strip();
        String note = ran.err().lines().toList().getLast();
        var job = new Job(id, Path.of(note.substring(note.indexOf(" in ") + 4)));
        until(
                "the program of job " + id + " to print a line",
                () -> job.printed(0).contains("\n"));
        return job;
    }

    /** A job that runs. */
    final class Job {
        final String id;
        final Path run;
        private long stopped = System.nanoTime();

        private Job(String id, Path run) {
            this.id = id;
            this.run = run;
        }

        String printed(int rank) {
            try {
                return Files.readString(run.resolve("logs/rank-" + rank + ".out"));
            } catch (IOException notYet) {
                return "";
            }
        }

        /** Waits until a line of what happened has both texts. */
        void happened(String one, String other) {
            until(one + other, () -> {
                try (var files = Files.list(run.resolve("events"))) {
                    for (Path file : files.toList()) {
                        if (Files.readString(file).lines().anyMatch(l -> l.contains(one) && l.contains(other))) {
                            return true;
                        }
                    }
                    return false;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        Ran status() throws Exception {
            return kiln("status", id);
        }

        /** Has it start again now if it is to: Slurm would wait two minutes. Called again and again. */
        void startAgain() throws Exception {
            boolean waits =
                    ask("squeue", "-h", "-j", id, "-o", "%T").out().strip().equals("PENDING");
            if (!waits) {
                stopped = System.nanoTime();
            } else if (System.nanoTime() - stopped > PAUSE_NANOS) {
                ask("scontrol", "update", "JobId=" + id, "StartTime=now");
            }
        }

        /** Waits until it has ended; returns what kiln status then says. */
        Ran end() throws Exception {
            until("the end of job " + id, () -> {
                try {
                    return status().out().contains("\nexit ");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            return status();
        }

        /** The JVMs of its nodes. */
        List<ProcessHandle> jvms() throws IOException {
            return processes("java");
        }

        /** Those of its processes, on any of its nodes, whose command is so called. */
        List<ProcessHandle> processes(String command) throws IOException {
            var found = new ArrayList<ProcessHandle>();
            try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : all) {
                    try {
                        String[] words = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                                .split("\0", -1);
                        String variables = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
                        if (Path.of(words[0]).endsWith(command) && variables.contains("KILN_JOB=" + run)) {
                            ProcessHandle.of(
                                            Long.parseLong(process.getFileName().toString()))
                                    .ifPresent(found::add);
                        }
                    } catch (IOException gone) {
                        // It ended meanwhile.
                    }
                }
            }
            return found;
        }

        /** The JVM of the program, or one of the others. */
        ProcessHandle jvm(boolean first) throws IOException {
            return jvms().stream()
                    .filter(p -> first == Ran.commandLine(p).contains("dev.kiln.cli.Main"))
                    .findFirst()
                    .orElseThrow();
        }

        /** Waits until all of these have ended. */
        static void ended(List<ProcessHandle> jvms) throws Exception {
            for (ProcessHandle jvm : jvms) {
                jvm.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            }
        }

        ProcessHandle script() throws IOException {
            return ProcessHandle.of(
                            Long.parseLong(Files.readString(run.resolve("pid")).strip()))
                    .orElseThrow();
        }
    }

    /** No process of any job of this test is left, and no temporary file. */
    void leftNothing() throws IOException {
        leftNothingRunning(folder);
        try (var files = Files.list(folder.resolve("tmp"))) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** No process of any job of this test is left; of what was killed the next job removes the temporary files. */
    void leftNothingRunning() {
        leftNothingRunning(folder);
    }

    /** Waits until no process of any job is left whose run is in that folder. */
    static void leftNothingRunning(Path folder) {
        until("all processes to end", () -> {
            try {
                return ours(folder).isEmpty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static List<String> ours(Path folder) throws IOException {
        var found = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    String variables = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
                    if (variables.contains("KILN_JOB=" + folder)) {
                        found.add(process.toString());
                    }
                } catch (IOException gone) {
                    // It ended meanwhile.
                }
            }
        }
        return found;
    }

    /** Waits for what will be true soon, or fails. */
    static void until(String what, BooleanSupplier condition) {
        until(what, LONGEST, condition);
    }

    static void until(String what, Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "waited " + longest.toSeconds() + " s for " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
    }

    @Override
    public void close() throws Exception {
        Ran ran = Ran.of(folder, Map.of(), SCRIPT.toString(), "stop", slurm.toString());
        assertEquals(0, ran.code(), ran.err());
    }
}
