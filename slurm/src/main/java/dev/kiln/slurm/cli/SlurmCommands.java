package dev.kiln.slurm.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;
import picocli.CommandLine;

/** Adds the commands of this module, each by a provider of its own. */
public final class SlurmCommands {

    private SlurmCommands() {}

    /** {@code kiln submit}. */
    public static final class Submit implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            return new SubmitCommand(context.console(), Surroundings::real);
        }
    }

    /** {@code kiln jobs}. */
    public static final class Jobs implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            return new JobsCommand(context.console(), Surroundings::real);
        }
    }

    /** {@code kiln status}. */
    public static final class Status implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            return new StatusCommand(context.console(), Surroundings::real);
        }
    }

    /** {@code kiln logs}. */
    public static final class Logs implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            return new LogsCommand(context.console(), Surroundings::real);
        }
    }

    /** {@code kiln scale}. */
    public static final class Scale implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            // Or it would take -1 for an option.
            return new CommandLine(new ScaleCommand(context.console(), Surroundings::real))
                    .setUnmatchedOptionsArePositionalParams(true);
        }
    }

    /** {@code kiln attach}. */
    public static final class Attach implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            return new AttachCommand(context.console(), Surroundings::real);
        }
    }

    /** {@code kiln cancel}. */
    public static final class Cancel implements CommandProvider {
        @Override
        public Object command(CommandContext context) {
            return new CancelCommand(context.console(), Surroundings::real);
        }
    }
}
