package dev.kiln.csvm.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;

/** Adds {@code kiln demo}. */
public final class DemoCommands implements CommandProvider {

    /** For the service loader. */
    public DemoCommands() {}

    @Override
    public Object command(CommandContext context) {
        return new DemoCommand(context);
    }
}
