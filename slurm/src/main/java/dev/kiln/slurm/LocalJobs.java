package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the script of a job on this machine. */
final class LocalJobs {

    private static final long GRACE_SECONDS = 10;

    private LocalJobs() {}

    /**
     * Starts the script of a run.
     *
     * @param apart whether it outlives this process and its terminal
     */
    static Process start(Run run, Map<String, String> environment, boolean apart) {
        return start(run.script(), run.folder().resolve("job.log").toFile(), environment, apart);
    }

    /** The same of any script. */
    static Process start(Path file, File log, Map<String, String> environment, boolean apart) {
        String script = file.toString();
        ProcessBuilder builder = new ProcessBuilder(apart ? List.of("setsid", "bash", script) : List.of("bash", script))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(log)
                .redirectError(log);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UsageException("the job cannot be started here: " + e.getMessage());
        }
    }

    static boolean alive(Run run) {
        return script(run).isPresent();
    }

    /** Its script, if it runs: a process of that number may be another by now. */
    private static Optional<ProcessHandle> script(Run run) {
        return run.pid()
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(p -> p.info()
                        .commandLine()
                        .map(line -> line.contains("kiln-job")
                                || line.contains(run.script().toString()))
                        .orElse(false));
    }

    static void cancel(Run run) {
        ProcessHandle script = script(run).orElseThrow(() -> new UsageException(run.job() + " has ended"));
        CompletableFuture<ProcessHandle> end = script.onExit();
        script.destroy();
        try {
            end.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
