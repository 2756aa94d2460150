package dev.kiln.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that lets the shell complete kiln's commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(kiln completion bash)",
            "  kiln completion zsh > ~/.kiln-completion && echo 'source ~/.kiln-completion' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {

    private enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", arity = "0..1", defaultValue = "bash", description = "bash or zsh.")
    private String shell = "bash";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        // One script serves both: in zsh it loads bash's way of completing.
        try {
            Shell.valueOf(shell.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new dev.kiln.command.UsageException("SHELL " + shell + ": expected bash or zsh");
        }
        var root = spec.root().commandLine();
        root.getOut().print(AutoComplete.bash("kiln", root));
        return Exit.DONE;
    }
}
