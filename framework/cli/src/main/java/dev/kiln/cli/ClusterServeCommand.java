package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.runtime.remote.WorkflowHost;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code kiln cluster start} starts: a cluster that runs until it is told to stop. */
@Command(
        name = "serve",
        hidden = true,
        description = "Runs a cluster until it is stopped.",
        footer = {"", "Example:", "  kiln cluster serve"})
final class ClusterServeCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--token-file", paramLabel = "FILE", description = "Where to write how to reach it.")
    private @Nullable Path tokenFile;

    @Option(names = "--client-port", paramLabel = "PORT", defaultValue = "0", description = "Where clients come in.")
    private int clientPort;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Where states are kept.")
    private @Nullable Path data;

    static Path tokenFile(@Nullable Path given) {
        return given == null ? Path.of(System.getProperty("user.home"), ".kiln", "cluster.token") : given;
    }

    @Override
    public Integer call() {
        Path token = tokenFile(tokenFile);
        try (FileChannel channel = FileChannel.open(
                        token.resolveSibling(token.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw new IOException("another cluster of the token file " + token + " is up or starting");
            }
            serve(token);
            return Exit.DONE;
        } catch (IOException e) {
            throw new ClusterFailedException("the cluster cannot start: " + e.getMessage(), e);
        }
    }

    private void serve(Path token) throws IOException {
        var stop = new CountDownLatch(1);
        Instant began = Instant.now();
        try (Clusters.Cluster cluster = new IgniteClusters(null, note -> {}).start(options, data)) {
            var control = new Gateway.Control() {
                @Override
                public String status() {
                    return cluster.status(began);
                }

                @Override
                public String scale(int change) {
                    return cluster.scale(change);
                }

                @Override
                public @Nullable WorkflowHost workflows() {
                    return cluster.host();
                }

                @Override
                public void stop() {
                    stop.countDown();
                }
            };
            try (Gateway gateway = Gateway.open(cluster.objects(), control, clientPort, began)) {
                var gone = new Thread(() -> delete(token), "kiln-token-file");
                Runtime.getRuntime().addShutdownHook(gone);
                gateway.contact().write(token);
                stop.await();
                delete(token);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path token) {
        try {
            Files.deleteIfExists(token);
        } catch (IOException e) {
            // It leads nowhere from now on.
        }
    }
}
