package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;
import dev.kiln.command.Launcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command that a library adds: it starts a cluster and does nothing with it. */
public final class LaunchProvider implements CommandProvider {

    @Override
    public Object command(CommandContext context) {
        return new Launch(context.launcher());
    }

    @Command(
            name = "launch",
            description = "Starts a cluster of one node and stops it.",
            footer = {"", "Example:", "  kiln launch"})
    private static final class Launch implements Callable<Integer> {

        private final Launcher launcher;

        Launch(Launcher launcher) {
            this.launcher = launcher;
        }

        @Override
        public Integer call() {
            launcher.start(new ClusterOptions()).close();
            return Exit.DONE;
        }
    }
}
