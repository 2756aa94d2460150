package dev.kiln.lstm.worker.engine;

/** A network with its optimiser. For one thread at a time; closing frees what is outside the heap. */
public interface Network extends AutoCloseable {

    /**
     * One step of Adam down the slope of a batch.
     *
     * @return the mean squared error before the step
     */
    double train(Batch batch);

    /** The slope of a batch, unclipped; changes nothing. */
    Gradient gradient(Batch batch);

    /** One step of Adam down this slope, clipped first. */
    void step(Gradient gradient);

    /** Writes what follows each window: {@code out[window][output]}. The batch needs no {@code y}. */
    void predict(Batch batch, float[][] out);

    /** A copy of the weights and moments. */
    NetworkState state();

    /** Takes these weights and moments instead. */
    void restore(NetworkState state);

    @Override
    void close();
}
