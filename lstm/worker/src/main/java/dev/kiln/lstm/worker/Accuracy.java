package dev.kiln.lstm.worker;

import dev.kiln.lstm.Metrics;

/** Adds up how far forecasts of one variable are off. For one thread. */
final class Accuracy {

    private double squares;
    private double absolutes;
    private double relatives;
    private long count;

    void add(double forecast, double truth) {
        double error = forecast - truth;
        squares += error * error;
        absolutes += Math.abs(error);
        double size = Math.abs(forecast) + Math.abs(truth);
        relatives += size == 0 ? 0 : Math.abs(error) / size;
        count++;
    }

    Metrics metrics() {
        double mse = squares / count;
        return new Metrics(mse, absolutes / count, 200 * relatives / count, Math.sqrt(mse));
    }
}
