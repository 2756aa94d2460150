package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.RunningCluster;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteAccess;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kiln cluster stop}. */
@Command(
        name = "stop",
        description = "Stops the cluster that `kiln cluster start` started, and waits until it has ended.",
        footer = {"", "Example:", "  kiln cluster stop"})
final class ClusterStopCommand implements Callable<Integer> {

    private static final long LONGEST_SECONDS = 30;

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
        try {
            var _ = handle.get().onExit().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the cluster was told to stop, and its process " + process + " still runs");
        } catch (ExecutionException e) {
            throw new IOException("the process " + process + " cannot be watched: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
