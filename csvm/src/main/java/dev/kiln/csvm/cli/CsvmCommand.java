package dev.kiln.csvm.cli;

import dev.kiln.command.UsageException;
import picocli.CommandLine.Command;

/** {@code kiln csvm}, which needs a subcommand. */
@Command(
        name = "csvm",
        description = "Trains support vector machines on data in blocks, and predicts with them.",
        footer = {
            "",
            "Example:",
            "  kiln csvm train train.csv --label last --positive g --standardize --model magic.svm",
            "  kiln csvm predict magic.svm new.csv"
        })
final class CsvmCommand implements Runnable {

    @Override
    public void run() {
        throw new UsageException(
                "csvm: expected train, predict, export, import, tune or weak-scaling (see kiln csvm --help)");
    }
}
