package dev.kiln.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    private static final long LONGEST_SECONDS = 120;

    /**
     * Runs a program.
     *
     * @param environment what to add to this JVM's
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
        builder.environment().putAll(environment);
        return builder.start();
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
