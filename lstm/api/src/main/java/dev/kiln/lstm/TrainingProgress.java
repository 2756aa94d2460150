package dev.kiln.lstm;

import org.jspecify.annotations.Nullable;

/**
 * How far training has come.
 *
 * @param epochs passes over the series, in all calls together
 * @param losses the mean squared error of scaled values, one for each epoch of this call: the mean over its batches
 * @param validationLoss of the rows held back, after the last epoch; null when none are
 * @param stoppedEarly whether nothing got better for so long that more epochs would do nothing
 */
public record TrainingProgress(
        int epochs, double[] losses, @Nullable Double validationLoss, boolean stoppedEarly) {

    /** The loss of the last epoch; NaN when there was none. */
    public double loss() {
        return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
    }
}
