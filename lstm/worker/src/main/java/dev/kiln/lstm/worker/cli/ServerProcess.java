package dev.kiln.lstm.worker.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of one node in a process of its own, from its start until it is closed. For one thread. */
final class ServerProcess implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 120;
    private static final int LONGEST_STOP_SECONDS = 60;

    private final Installation kiln;
    private final Path scratch;
    private final Path token;
    private final Process process;
    private final AtExit atExit;

    private ServerProcess(Installation kiln, Path scratch, Path token, Process process) {
        this.kiln = kiln;
        this.scratch = scratch;
        this.token = token;
        this.process = process;
        this.atExit = new AtExit(process::destroy);
    }

    /**
     * Starts it and waits until a first client has come in, so that what is measured is not how a node starts.
     *
     * @throws IllegalStateException when it does not come up; one line
     */
    static ServerProcess start(Installation kiln, Path scratch) {
        Path token = scratch.resolve("cluster.token");
        try {
            File log = Files.createTempFile(scratch, "server", "").toFile();
            Process process = new ProcessBuilder(kiln.kiln(), "cluster", "serve", "--token-file", token.toString())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            var server = new ServerProcess(kiln, scratch, token, process);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
            while (!Files.exists(token)) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    server.end();
                    throw new IllegalStateException("the cluster did not start: " + Child.word(log));
                }
            }
            server.ask("status");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    long pid() {
        return process.pid();
    }

    Path token() {
        return token;
    }

    private void ask(String what) {
        var _ = Child.run(scratch, List.of(kiln.kiln(), "cluster", what, "--token-file", token.toString()));
    }

    private void end() {
        process.destroy();
        atExit.close();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                var _ = Child.run(scratch, List.of(kiln.kiln(), "cluster", "stop", "--token-file", token.toString()));
            }
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }
}
