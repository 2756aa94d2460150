package dev.kiln.lstm.worker;

import java.util.SplittableRandom;

/** The order of windows in an epoch: a function of the seed and the epoch alone. */
final class Shuffle {

    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    private Shuffle() {}

    /** The numbers below {@code count}, shuffled (Fisher and Yates). */
    static int[] order(int count, long seed, int epoch) {
        var random = new SplittableRandom(seed ^ (STRIDE * (epoch + 1)));
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
