package dev.kiln.lstm.worker.cli;

import dev.kiln.lstm.LstmOptions;
import picocli.CommandLine.Option;

/** The options of a network and its training; a picocli mixin. */
final class NetworkOptions {

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "1",
            description = "LSTM layers, one on another (default: ${DEFAULT-VALUE}).")
    private int layers = 1;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "64",
            description = "Units of a layer (default: ${DEFAULT-VALUE}).")
    private int hidden = 64;

    @Option(
            names = "--window",
            paramLabel = "ROWS",
            defaultValue = "6",
            description = "Rows that the network sees (default: ${DEFAULT-VALUE}).")
    private int window = 6;

    @Option(
            names = "--horizon",
            paramLabel = "ROWS",
            defaultValue = "1",
            description = "Rows that it forecasts at once (default: ${DEFAULT-VALUE}).")
    private int horizon = 1;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "64",
            description = "Windows of one step (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "100",
            description = "Passes over the training rows (default: ${DEFAULT-VALUE}).")
    private int epochs = 100;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = "1e-3",
            description = "Of Adam (default: ${DEFAULT-VALUE}).")
    private String learningRate = "1e-3";

    @Option(
            names = "--clip",
            paramLabel = "NORM",
            defaultValue = "0",
            description = "Shorten gradients that are longer; 0 for no limit (default: ${DEFAULT-VALUE}).")
    private String clip = "0";

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after so many epochs without a better loss; 0 for never (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--validation",
            paramLabel = "PART",
            defaultValue = "0",
            description = "The part of the training windows, the last in time, whose loss --patience looks at"
                    + " (default: ${DEFAULT-VALUE}, the training loss).")
    private String validation = "0";

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Draws the weights and the order of windows (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    /** The options, checked. */
    LstmOptions toOptions() {
        return LstmOptions.builder()
                .layers(Inputs.between("--layers", 1, 16, layers))
                .hidden(Inputs.between("--hidden", 1, 4096, hidden))
                .window(Inputs.between("--window", 1, 1_000_000, window))
                .horizon(Inputs.between("--horizon", 1, 10_000, horizon))
                .batch(Inputs.between("--batch", 1, 1_000_000, batch))
                .epochs(Inputs.between("--epochs", 1, 1_000_000, epochs))
                .learningRate(Inputs.number("--learning-rate", learningRate, false))
                .clip(Inputs.number("--clip", clip, true))
                .patience(Inputs.between("--patience", 0, 1_000_000, patience))
                .validation(Inputs.part("--validation", validation))
                .seed(seed)
                .build();
    }
}
