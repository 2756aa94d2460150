package dev.kiln.lstm.worker;

import dev.kiln.lstm.worker.engine.NetworkState;
import java.util.Map;

/**
 * A network at some point of a training by parts.
 *
 * @param weights by name
 * @param firstMoments of Adam
 * @param secondMoments of Adam
 * @param steps that Adam has made
 * @param summary small enough to go to the driver
 */
record Stage(
        Map<String, float[]> weights,
        Map<String, float[]> firstMoments,
        Map<String, float[]> secondMoments,
        long steps,
        Summary summary) {

    /**
     * What it was trained on last.
     *
     * @param windows in the last step, or in each of the last epochs
     * @param loss the mean squared error of that step, or the mean over the batches of the last epoch
     */
    record Summary(int windows, double loss) {}

    static Stage of(NetworkState state, Summary summary) {
        return new Stage(state.weights(), state.firstMoments(), state.secondMoments(), state.steps(), summary);
    }

    NetworkState state() {
        return new NetworkState(weights, firstMoments, secondMoments, steps);
    }
}
