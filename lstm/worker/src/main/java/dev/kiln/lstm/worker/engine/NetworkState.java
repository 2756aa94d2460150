package dev.kiln.lstm.worker.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Weights, and Adam's moments of them, by the names of {@link NetworkShape#parameters}.
 *
 * @param weights row after row
 * @param firstMoments in the same layout
 * @param secondMoments in the same layout
 * @param steps that Adam has made
 */
public record NetworkState(
        Map<String, float[]> weights,
        Map<String, float[]> firstMoments,
        Map<String, float[]> secondMoments,
        long steps) {

    /** Weights uniform in +-1/sqrt(hidden), as PyTorch begins, drawn by the seed. */
    public static NetworkState random(NetworkShape shape, long seed) {
        var random = new SplittableRandom(seed);
        double bound = 1 / Math.sqrt(shape.hidden());
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (NetworkShape.Parameter p : shape.parameters()) {
            float[] values = new float[p.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            weights.put(p.name(), values);
        }
        return untrained(shape, weights);
    }

    /** These weights, no step made. */
    public static NetworkState untrained(NetworkShape shape, Map<String, float[]> weights) {
        return new NetworkState(weights, zeros(shape), zeros(shape), 0);
    }

    private static Map<String, float[]> zeros(NetworkShape shape) {
        Map<String, float[]> zeros = new LinkedHashMap<>();
        shape.parameters().forEach(p -> zeros.put(p.name(), new float[p.size()]));
        return zeros;
    }
}
