package dev.kiln.cli;

import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.remote.RemoteAccess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kiln cluster scale}. */
@Command(
        name = "scale",
        description = {
            "Has nodes join the cluster that `kiln cluster start` started, or leave it, and waits for that.",
            "Those that joined last leave first, after their objects have moved to others."
        },
        footer = {"", "Examples:", "  kiln cluster scale +1", "  kiln cluster scale -1"})
final class ClusterScaleCommand implements Callable<Integer> {

    private final StandardConsole console;

    @Mixin
    private RunningCluster remote = new RunningCluster();

    @Parameters(paramLabel = "+N|-N", description = "How many nodes join, or leave.")
    private String change = "";

    ClusterScaleCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!change.matches("[+-][1-9]\\d?")) {
            throw new UsageException("kiln cluster scale: expected +N or -N with N from 1 to 99, found " + change);
        }
        try (RemoteAccess cluster = Remote.connect(remote)) {
            ObjectReply reply = cluster.scale(Integer.parseInt(change)).join();
            if (Remote.checked(reply) instanceof ObjectReply.Text(String text)) {
                console.out().println(text);
            }
        }
        return Exit.DONE;
    }
}
