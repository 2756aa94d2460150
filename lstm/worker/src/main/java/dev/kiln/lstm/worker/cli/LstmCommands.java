package dev.kiln.lstm.worker.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;
import picocli.CommandLine;

/** Adds {@code kiln lstm}. */
public final class LstmCommands implements CommandProvider {

    /** For the service loader. */
    public LstmCommands() {}

    @Override
    public Object command(CommandContext context) {
        return new CommandLine(new LstmCommand())
                .addSubcommand(new TrainCommand(context))
                .addSubcommand(new ForecastCommand(context))
                .addSubcommand(new FederatedCommand(context))
                .addSubcommand(new AccuracyTableCommand(context))
                .addSubcommand(new OffloadTableCommand(context));
    }
}
