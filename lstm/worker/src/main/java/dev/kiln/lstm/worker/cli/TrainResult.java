package dev.kiln.lstm.worker.cli;

import dev.kiln.lstm.Metrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code train} prints; with {@code --json} as an object of these names in this order.
 *
 * @param metrics on the test rows, for each variable; null without test rows
 * @param persistence of saying that the last value stays
 * @param trainSeconds of the training that counts
 * @param trainCpuSeconds likewise, of all threads of the JVM that trained, or with parts of this one
 * @param evalSeconds of the evaluations
 * @param peakMemoryMb the most that was resident at once in the JVM that trained, or with parts in this one
 * @param seed drew the weights and orders
 * @param epochs that were asked for
 * @param engine that trained
 * @param protocol what was timed
 * @param epochsTrained in all
 * @param loss mean squared error of the last epoch, of scaled values
 * @param stoppedEarly whether early stopping ended it
 * @param rows of the series
 * @param trainingRows of them
 * @param parameters weights of the network
 */
record TrainResult(
        @Nullable Map<String, Metrics> metrics,
        @Nullable Map<String, Metrics> persistence,
        double trainSeconds,
        double trainCpuSeconds,
        double evalSeconds,
        double peakMemoryMb,
        long seed,
        int epochs,
        String engine,
        String protocol,
        int epochsTrained,
        double loss,
        boolean stoppedEarly,
        int rows,
        int trainingRows,
        int parameters) {}
