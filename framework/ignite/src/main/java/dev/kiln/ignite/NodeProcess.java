package dev.kiln.ignite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The JVM of a further node. Its standard input is a pipe from this JVM, through which it gets its settings and which
 * it takes as a sign of life: when the pipe closes, for whatever reason, it ends.
 */
final class NodeProcess implements AutoCloseable {

    /** The exit code of a node that found one of its ports taken. */
    static final int PORT_TAKEN = 3;

    private final int rank;
    private final Process process;
    private final Path log;

    private NodeProcess(int rank, Process process, Path log) {
        this.rank = rank;
        this.process = process;
        this.log = log;
    }

    /** Starts the JVM, which then waits for its settings. */
    static NodeProcess start(int rank, IgniteClusterOptions options, Path home) {
        Path log = home.resolve("node-" + rank + ".log");
        Path temporary = home.resolve("node-" + rank + "-tmp");
        List<String> command = JvmFlags.node(options, temporary);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Options from the environment would be printed by each JVM, and are meant for this one.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        try {
            Files.createDirectory(temporary);
            return new NodeProcess(rank, builder.start(), log);
        } catch (IOException e) {
            throw new ClusterStartException(
                    "node-" + rank + " cannot start: " + command.getFirst() + " does not run: " + e.getMessage(), e);
        }
    }

    /** Tells it who it is, whereupon it joins the cluster. */
    void configure(NodeSettings settings) {
        try {
            OutputStream pipe = process.getOutputStream();
            pipe.write(settings.toLines().getBytes(StandardCharsets.UTF_8));
            pipe.flush();
        } catch (IOException e) {
            // It ended before it read all; why is told by its exit.
        }
    }

    /** Completed, with an exception that says why, when the process ends. */
    CompletableFuture<Void> failure(NodeSettings settings) {
        return process.onExit().thenAccept(ended -> {
            if (ended.exitValue() == PORT_TAKEN) {
                throw new PortTakenException(settings.network().takenPort());
            }
            throw new ClusterStartException("node-" + rank + " cannot start: " + reason());
        });
    }

    /** Why it ended, or what it last complained of while it runs; in one line. */
    String reason() {
        List<String> printed;
        try {
            printed = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            printed = List.of("its log cannot be read: " + e.getMessage());
        }
        return NodeEnd.reason(process.isAlive() ? NodeEnd.RUNNING : process.exitValue(), printed);
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end, by closing its pipe. */
    void hangUp() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Then it has ended.
        }
    }

    /** Ends it at once; it need not have ended when this returns. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        hangUp();
        boolean interrupted = false;
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
