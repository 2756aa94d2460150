package dev.kiln.lstm.worker;

import dev.kiln.lstm.worker.engine.Batch;
import dev.kiln.lstm.worker.engine.Network;

/** Passes of a network over windows. Stateless. */
final class Epochs {

    private Epochs() {}

    /** Trains on every window of the order once; returns the mean of the batches' losses. */
    static double train(Network network, Windows windows, int[] order) {
        double sum = 0;
        int batches = 0;
        for (int from = 0; from < order.length; from += windows.capacity()) {
            int to = Math.min(order.length, from + windows.capacity());
            sum += network.train(windows.batch(order, from, to));
            batches++;
        }
        return sum / batches;
    }

    /** Forecasts from windows {@code from} to {@code to}: {@code [window][output]}. */
    static float[][] predict(Network network, Windows windows, int from, int to, int outputs) {
        float[][] all = new float[to - from][outputs];
        float[][] part = new float[windows.capacity()][];
        int[] order = new int[to - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = from + i;
        }
        for (int start = 0; start < order.length; start += windows.capacity()) {
            int end = Math.min(order.length, start + windows.capacity());
            System.arraycopy(all, start, part, 0, end - start);
            network.predict(windows.batch(order, start, end), part);
        }
        return all;
    }

    /** The mean squared error over windows {@code from} to {@code to}. */
    static double loss(Network network, Windows windows, int from, int to, int outputs) {
        float[][] found = predict(network, windows, from, to, outputs);
        double sum = 0;
        for (int w = from; w < to; w++) {
            Batch one = windows.batch(new int[] {w}, 0, 1);
            for (int o = 0; o < outputs; o++) {
                double error = (double) found[w - from][o] - one.y()[0][o];
                sum += error * error;
            }
        }
        return sum / ((double) (to - from) * outputs);
    }
}
