package dev.kiln.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.command.CommandProvider;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command line: its tree of subcommands, and what happens to the outcome of each. Used by one thread, once. */
final class Kiln {

    private final StandardConsole console;
    private final CommandLine commandLine;

    Kiln(Clusters clusters, StandardConsole console) {
        this.console = console;
        this.commandLine = tree(new ClusterLauncher(clusters));
    }

    /** All commands: those here, and those of the providers on the class path, in the order of their names. */
    private CommandLine tree(ClusterLauncher launcher) {
        var context = new CommandContext(launcher, console);
        var root = new RootCommand();
        var commands = new TreeMap<String, CommandLine>();
        Consumer<Object> add = command -> {
            var one = command instanceof CommandLine already ? already : new CommandLine(command);
            commands.put(one.getCommandName(), one);
        };
        add.accept(new RunCommand(launcher));
        add.accept(new DoctorCommand(console));
        add.accept(new CompletionCommand());
        add.accept(ClusterCommand.tree(console));
        add.accept(new ObjectsCommand(console));
        add.accept(new DeployCommand(console));
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class, Kiln.class.getClassLoader())) {
            add.accept(provider.command(context));
        }
        var line = new CommandLine(root);
        commands.forEach(line::addSubcommand);
        Ansi ansi = console.terminal().out() && console.terminal().colours() ? Ansi.ON : Ansi.OFF;
        var outcomes = new Outcomes(console, root::verbose, launcher::lost);
        return line.setColorScheme(Help.defaultColorScheme(ansi))
                .setOut(console.out())
                .setErr(console.err())
                .setExpandAtFiles(false)
                .setUsageHelpWidth(Math.clamp(console.terminal().columns(), 80, 120))
                .setExecutionStrategy(parsed -> execute(root, parsed))
                .setParameterExceptionHandler(outcomes)
                .setExecutionExceptionHandler(outcomes);
    }

    private int execute(RootCommand root, ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (root.quiet() || last.hasMatchedOption("--json")) {
            console.hideProgress();
        }
        return new RunLast().execute(parsed);
    }

    /** The tree, for tests of its help and for completion. */
    CommandLine commandLine() {
        return commandLine;
    }

    /** Runs one command; returns its exit code. */
    int run(String... args) {
        return commandLine.execute(args);
    }
}
