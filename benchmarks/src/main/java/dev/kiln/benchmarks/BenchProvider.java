package dev.kiln.benchmarks;

import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;
import dev.kiln.tasks.Workflow;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Adds {@code kiln bench}. */
public final class BenchProvider implements CommandProvider {

    /** The parent of all benchmarks. */
    @Command(
            name = "bench",
            description = "Measures Kiln.",
            synopsisSubcommandLabel = "COMMAND",
            footer = {"", "Example:", "  kiln bench tasks --tasks 10000"})
    private static final class Bench {}

    @Override
    public Object command(CommandContext context) {
        return new CommandLine(new Bench())
                .addSubcommand(new TasksCommand(context, BenchProvider::inThisJvm))
                .addSubcommand(new CallsCommand(context))
                .addSubcommand(new PlotCommand());
    }

    private static Workflow inThisJvm() {
        return Workflow.open();
    }
}
