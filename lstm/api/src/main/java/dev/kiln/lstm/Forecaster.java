package dev.kiln.lstm;

import dev.kiln.tasks.ReadOnly;

/**
 * Learns a time series of several variables and forecasts how it goes on. The network is an LSTM whose last hidden
 * state goes through one linear layer; it sees {@link LstmOptions#window} rows and says the next
 * {@link LstmOptions#horizon}.
 *
 * <p>A client needs this interface and its records only: it creates an {@linkplain dev.kiln.tasks.ActiveObject active
 * object} of it, or finds one, and training runs where that lives.
 */
public interface Forecaster {

    /** Forgets everything and begins with new weights, drawn from the options' seed. */
    void configure(LstmOptions options);

    /**
     * Trains so many epochs more, or fewer if early stopping ends them. The first call decides the variables and how
     * they are scaled: to [0, 1] over this series. Called again it goes on where it stopped, so a client that wants to
     * see progress trains few epochs at a time.
     *
     * @throws IllegalArgumentException when the series has other variables than before, or too few rows for a window
     * @throws IllegalStateException before {@link #configure}
     */
    TrainingProgress train(Series series, int epochs);

    /**
     * Forecasts each row of the series that has a window before it, and compares.
     *
     * @throws IllegalStateException before {@link #train}
     */
    @ReadOnly
    Evaluation evaluate(Series series);

    /**
     * What comes after the series, as many steps as asked for; beyond the horizon forecasts are taken for values seen.
     *
     * @throws IllegalStateException before {@link #train}
     */
    @ReadOnly
    Forecast forecast(Series recent, int steps);

    /**
     * All that is needed to go on elsewhere.
     *
     * @throws IllegalStateException before {@link #train}
     */
    @ReadOnly
    ForecasterState state();

    /** Goes on from a state, bit for bit as where it was taken. */
    void restore(ForecasterState state);
}
