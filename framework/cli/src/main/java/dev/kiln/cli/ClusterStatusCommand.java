package dev.kiln.cli;

import dev.kiln.command.RunningCluster;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.remote.RemoteAccess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kiln cluster status}. */
@Command(
        name = "status",
        description = "Shows the cluster that `kiln cluster start` started.",
        footer = {"", "Example:", "  kiln cluster status"})
final class ClusterStatusCommand implements Callable<Integer> {

    private final StandardConsole console;

    @Mixin
    private RunningCluster remote = new RunningCluster();

    ClusterStatusCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (RemoteAccess cluster = Remote.connect(remote)) {
            if (Remote.checked(cluster.status().join()) instanceof ObjectReply.Text(String text)) {
                console.out().println(text);
            }
        }
        return Exit.DONE;
    }
}
