package dev.kiln.csvm.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;
import picocli.CommandLine;

/** Adds {@code kiln csvm}. */
public final class CsvmCommands implements CommandProvider {

    /** For the service loader. */
    public CsvmCommands() {}

    @Override
    public Object command(CommandContext context) {
        return new CommandLine(new CsvmCommand())
                .addSubcommand(new TrainCommand(context))
                .addSubcommand(new PredictCommand(context))
                .addSubcommand(new ExportCommand(context))
                .addSubcommand(new ImportCommand())
                .addSubcommand(new TuneCommand(context))
                .addSubcommand(new WeakScalingCommand(context));
    }
}
