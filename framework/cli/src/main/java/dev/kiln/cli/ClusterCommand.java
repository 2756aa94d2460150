package dev.kiln.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code kiln cluster}: clusters that outlive the command that starts them. */
@Command(
        name = "cluster",
        description = "Starts, stops, changes and shows a cluster that stays up when the command is done.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  kiln cluster start --nodes 2"})
final class ClusterCommand {

    private ClusterCommand() {}

    static CommandLine tree(StandardConsole console) {
        return new CommandLine(new ClusterCommand())
                .addSubcommand(new ClusterStartCommand(console))
                .addSubcommand(new ClusterServeCommand(console))
                .addSubcommand(new ClusterStatusCommand(console))
                // Or it would take -1 for an option.
                .addSubcommand(
                        new CommandLine(new ClusterScaleCommand(console)).setUnmatchedOptionsArePositionalParams(true))
                .addSubcommand(new ClusterStopCommand(console));
    }
}
