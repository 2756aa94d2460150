package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.Launcher;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a user's program on a cluster. */
@Command(
        name = "run",
        description = "Runs a program that is a jar built against kiln-tasks.",
        footer = {"", "Example:", "  kiln run --nodes 2 word-count.jar -- book.txt"})
final class RunCommand implements Callable<Integer> {

    private final Launcher launcher;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "APP.jar", description = "The program.")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // set by picocli
    private Path jar;

    RunCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        try (Launcher.Session session = launcher.start(cluster)) {
            session.workflow().barrier();
        }
        return Exit.DONE;
    }
}
