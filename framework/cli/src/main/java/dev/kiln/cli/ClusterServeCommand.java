package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.ClusterOptions;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.runtime.remote.WorkflowHost;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln cluster serve}: what {@code kiln cluster start} starts, and what a job can be that is a cluster. */
@Command(
        name = "serve",
        description = {
            "Is a cluster, in this very process, until `kiln cluster stop`.",
            "As a job, on the job's nodes; clients come in on the host of the first."
        },
        footer = {"", "Example:", "  kiln submit --nodes 4 -- cluster serve --token-file ~/.kiln/job.token"})
final class ClusterServeCommand implements Callable<Integer> {

    private final StandardConsole console;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Where to write how to reach it (default: ~/.kiln/cluster.token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--client-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where clients come in, on loopback (default: any that is free).")
    private int clientPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where snapshots, persistent objects and deployed jars are kept; not in jobs.")
    private @Nullable Path data;

    ClusterServeCommand(StandardConsole console) {
        this.console = console;
    }

    static Path tokenFile(@Nullable Path given) {
        return given == null ? Path.of(System.getProperty("user.home"), ".kiln", "cluster.token") : given;
    }

    /** Makes the folder of a token file where it is not there, for its owner alone. */
    static void makeFolder(Path token) throws IOException {
        Path folder = token.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    @Override
    public Integer call() {
        Path token = tokenFile(tokenFile);
        try {
            makeFolder(token);
        } catch (IOException e) {
            throw new ClusterFailedException("the cluster cannot start: " + e.getMessage(), e);
        }
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
        try (Clusters.Cluster cluster = cluster()) {
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
                console.out()
                        .println("clients come in at " + gateway.contact().address()
                                + " of this host, with the token file " + token);
                stop.await();
                delete(token);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Clusters.Cluster cluster() {
        JobLife job = JobLife.begin(console.err());
        if (job != null && data != null) {
            throw new UsageException("--data: what a job keeps ends with it; leave it out");
        }
        return new IgniteClusters(job, note -> {}).start(options, data);
    }

    private static void delete(Path token) {
        try {
            Files.deleteIfExists(token);
        } catch (IOException e) {
            // It leads nowhere from now on.
        }
    }
}
