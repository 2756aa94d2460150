package dev.kiln.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 */
record Ran(int code, String out, String err) {

    /** No run of a test takes as long, on any machine. */
    private static final long LONGEST_SECONDS = 900;

    /**
     * Runs a program.
     *
     * @param environment what to add to this JVM's, of which what steers Java, Kiln and Slurm is left out
     */
    static Ran of(Path folder, Map<String, String> environment, String program, String... args) throws Exception {
        Process process = start(folder, environment, program, args);
        process.getOutputStream().close();
        return end(process);
    }

    static Process start(Path folder, Map<String, String> environment, String program, String... args)
            throws IOException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|(KILN|SLURM|SBATCH)_.*")
                        && !name.equals("KILN_JVM_DIR"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * The whole command line of a process, or nothing when it has ended. Java's own knows no more than 4 KB of it, which
     * the class path of a checkout somewhere deep takes.
     */
    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    static Ran end(Process process) throws Exception {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), Ran::start);
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Ran::start);
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running after " + LONGEST_SECONDS + " s: "
                    + process.info().commandLine());
        }
        return new Ran(process.exitValue(), out.get(), err.get());
    }

    /** Each stream has a reader of its own: a program that fills one must not wait for the end of the other. */
    private static void start(Runnable reader) {
        Thread.ofPlatform().daemon().start(reader);
    }

    private static String text(java.io.InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
