package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.RunningCluster;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kiln cluster stop}. */
@Command(
        name = "stop",
        description = "Stops the cluster that `kiln cluster start` started, and waits until it has ended.",
        footer = {"", "Example:", "  kiln cluster stop"})
final class ClusterStopCommand implements Callable<Integer> {

    private static final long LONGEST_SECONDS = 30;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final StandardConsole console;

    @Mixin
    private RunningCluster remote = new RunningCluster();

    ClusterStopCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (RemoteAccess cluster = Remote.connect(remote)) {
            Contact contact = Remote.contact(remote);
            var _ = cluster.stop().join();
            ended(contact.process());
            console.out().println("stopped the cluster at " + contact.address());
            return Exit.DONE;
        } catch (IOException e) {
            throw new ClusterFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void ended(long process) throws IOException {
        var handle = ProcessHandle.of(process);
        if (handle.isEmpty()) {
            return;
        }
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (runs(handle.get()) && !Thread.currentThread().isInterrupted()) {
            if (System.nanoTime() > limit) {
                throw new IOException("the cluster was told to stop, and its process " + process + " still runs");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** In a container whose first process waits for nobody, one that has ended is in the table of processes for ever. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException noSuchFile) {
            return process.isAlive();
        }
    }
}
