package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.Launcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts and stops a cluster of one node: the run that the start-up cache of the distribution is made from. */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Starts and stops a cluster of one node.",
        footer = {"", "Example:", "  kiln warm-up"})
final class WarmUpCommand implements Callable<Integer> {

    private final Launcher launcher;

    WarmUpCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        try (Launcher.Session session = launcher.start(new ClusterOptions())) {
            session.workflow().barrier();
        }
        return Exit.DONE;
    }
}
