package dev.kiln.lstm;

/**
 * How a network is made and trained. Immutable; {@link #builder()} begins with the defaults.
 *
 * @param layers LSTM layers, one on another, 1 to 16; default 1
 * @param hidden units of a layer, 1 to 4096; default 64
 * @param window rows that the network sees, 1 or more; default 6
 * @param horizon rows that it forecasts at once, 1 or more; default 1
 * @param batch windows of one step of Adam, 1 or more; the last batch of an epoch may be smaller. Default 64
 * @param epochs passes over the training windows, 1 or more; default 100
 * @param learningRate of Adam, above 0; default 1e-3
 * @param clip the greatest norm that gradients may have, all together; longer ones are shortened. 0, the default, for no limit
 * @param patience early stopping: after so many epochs without a better loss training ends, and the best weights are taken. 0,
 *     the default, for never
 * @param validation the part of the training windows, the last in time, that early stopping looks at and training does not see, from 0
 *     to below 1; 0, the default, for the training loss itself
 * @param seed draws the weights and the order of windows: same seed, same bits. Default 1
 */
public record LstmOptions(
        int layers,
        int hidden,
        int window,
        int horizon,
        int batch,
        int epochs,
        double learningRate,
        double clip,
        int patience,
        double validation,
        long seed) {

    /** Checks the ranges. */
    public LstmOptions {
        between("layers", 1, 16, layers);
        between("hidden", 1, 4096, hidden);
        between("window", 1, 1_000_000, window);
        between("horizon", 1, 10_000, horizon);
        between("batch", 1, 1_000_000, batch);
        between("epochs", 1, 1_000_000, epochs);
        between("patience", 0, 1_000_000, patience);
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate " + learningRate + ": expected a number above 0");
        }
        if (!(clip >= 0) || Double.isInfinite(clip)) {
            throw new IllegalArgumentException("clip " + clip + ": expected 0 or a number above");
        }
        if (!(validation >= 0 && validation < 1)) {
            throw new IllegalArgumentException("validation " + validation + ": expected 0 to below 1");
        }
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins with these options. */
    public Builder toBuilder() {
        return new Builder()
                .layers(layers)
                .hidden(hidden)
                .window(window)
                .horizon(horizon)
                .batch(batch)
                .epochs(epochs)
                .learningRate(learningRate)
                .clip(clip)
                .patience(patience)
                .validation(validation)
                .seed(seed);
    }

    private static void between(String name, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + ": expected " + least + " to " + most);
        }
    }

    /** Collects options; {@link #build} checks them. For one thread. */
    public static final class Builder {
        private int layers = 1;
        private int hidden = 64;
        private int window = 6;
        private int horizon = 1;
        private int batch = 64;
        private int epochs = 100;
        private double learningRate = 1e-3;
        private double clip = 0;
        private int patience = 0;
        private double validation = 0;
        private long seed = 1;

        private Builder() {}

        /** See {@link LstmOptions#layers}. */
        public Builder layers(int value) {
            layers = value;
            return this;
        }

        /** See {@link LstmOptions#hidden}. */
        public Builder hidden(int value) {
            hidden = value;
            return this;
        }

        /** See {@link LstmOptions#window}. */
        public Builder window(int value) {
            window = value;
            return this;
        }

        /** See {@link LstmOptions#horizon}. */
        public Builder horizon(int value) {
            horizon = value;
            return this;
        }

        /** See {@link LstmOptions#batch}. */
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        /** See {@link LstmOptions#epochs}. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** See {@link LstmOptions#learningRate}. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** See {@link LstmOptions#clip}. */
        public Builder clip(double value) {
            clip = value;
            return this;
        }

        /** See {@link LstmOptions#patience}. */
        public Builder patience(int value) {
            patience = value;
            return this;
        }

        /** See {@link LstmOptions#validation}. */
        public Builder validation(double value) {
            validation = value;
            return this;
        }

        /** See {@link LstmOptions#seed}. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException when one is out of its range
         */
        public LstmOptions build() {
            return new LstmOptions(
                    layers, hidden, window, horizon, batch, epochs, learningRate, clip, patience, validation, seed);
        }
    }
}
