package dev.kiln.lstm.worker.cli;

import dev.kiln.command.UsageException;
import picocli.CommandLine.Command;

/** {@code kiln lstm}, which needs a subcommand. */
@Command(
        name = "lstm",
        description = "Trains LSTM networks on time series, and forecasts with them.",
        footer = {
            "",
            "Example:",
            "  kiln lstm train node_3_utilisation.csv --target CPU,MEM --model node.lstm",
            "  kiln lstm forecast node.lstm node_3_utilisation.csv --steps 12"
        })
final class LstmCommand implements Runnable {

    @Override
    public void run() {
        throw new UsageException(
                "lstm: expected train, forecast, federated, accuracy-table or offload-table (see kiln lstm --help)");
    }
}
