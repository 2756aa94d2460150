package dev.kiln.lstm.worker.engine;

/**
 * Some windows and what comes after them, scaled. The arrays may be longer than needed, and rows may be shared between
 * windows; whoever gets a batch only reads it.
 *
 * @param size windows
 * @param x {@code x[time][window][variable]}
 * @param y {@code y[window][output]}
 */
public record Batch(int size, float[][][] x, float[][] y) {}
