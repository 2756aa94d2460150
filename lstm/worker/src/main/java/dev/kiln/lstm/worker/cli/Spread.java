package dev.kiln.lstm.worker.cli;

/**
 * Mean and sample deviation of one figure.
 *
 * @param mean over all
 * @param deviation over all; 0 for one
 */
record Spread(double mean, double deviation) {

    static Spread of(double... values) {
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return new Spread(mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }
}
