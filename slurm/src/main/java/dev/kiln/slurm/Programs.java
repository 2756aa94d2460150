package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs other programs, such as Slurm's, and waits for them.
 *
 * @param environment of this process; programs see all of it but what belongs to a job of Slurm that this process is part
 *     of
 */
public record Programs(Map<String, String> environment) {

    private static final long LONGEST_SECONDS = 60;

    /** What a program that ended had to say. */
    record Output(int code, String out, String err) {

        /** The last thing it complained of, without the name of the program in front. */
        String complaint(String program) {
            String last = err.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("Try \""))
                    .map(line -> line.replaceFirst("^" + program + ": (error: )?", ""))
                    .map(line -> line.replaceFirst("^Batch job submission failed: ", ""))
                    .reduce((first, second) -> second)
                    .orElse("exit code " + code);
            return last.strip();
        }
    }

    /** Where a program is, among the folders of PATH. */
    Optional<Path> find(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /**
     * Runs a program to its end.
     *
     * @throws UsageException when there is no such program, or it takes too long
     */
    Output run(String program, List<String> arguments) {
        Path file = find(program)
                .orElseThrow(() -> new UsageException("there is no " + program
                        + " on PATH: run with --backend local, or on a login node of a Slurm cluster"));
        var words = new ArrayList<>(List.of(file.toString()));
        words.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().clear();
        builder.environment().putAll(outsideOfJobs());
        try {
            Process process = builder.start();
            CompletableFuture<String> out = text(process.getInputStream());
            CompletableFuture<String> err = text(process.getErrorStream());
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new UsageException(program + " does not answer: ask the site whether Slurm is up");
            }
            return new Output(process.exitValue(), out.get(), err.get());
        } catch (IOException | ExecutionException e) {
            throw new UsageException(program + " does not run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageException("interrupted while " + program + " ran");
        }
    }

    /** The environment without the traces of a job that this process may be in; they would change what sbatch does. */
    Map<String, String> outsideOfJobs() {
        return environment.entrySet().stream()
                .filter(e -> e.getKey().equals("SLURM_CONF")
                        || !e.getKey().matches("(SLURM|SBATCH|SRUN|SQUEUE|SCANCEL|SINFO|SACCT|PMI).*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static CompletableFuture<String> text(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(new UncheckedIOException(e));
            }
        });
        return text;
    }
}
