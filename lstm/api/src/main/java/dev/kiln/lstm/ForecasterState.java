package dev.kiln.lstm;

import java.util.List;
import java.util.Map;

/**
 * A trained network, and all that training needs to go on.
 *
 * @param options it was made with
 * @param names of the variables
 * @param minima of each variable over the first training series: scaled to 0
 * @param maxima likewise: scaled to 1
 * @param weights by the names and in the layout that PyTorch's {@code nn.LSTM} and {@code nn.Linear} have:
 *     {@code lstm.weight_ih_l0} of 4 hidden rows, {@code fc.bias}, and so on; rows one after another
 * @param firstMoments of Adam, by the same names
 * @param secondMoments of Adam, by the same names
 * @param steps that Adam has made
 * @param epochs that were trained
 */
public record ForecasterState(
        LstmOptions options,
        List<String> names,
        double[] minima,
        double[] maxima,
        Map<String, float[]> weights,
        Map<String, float[]> firstMoments,
        Map<String, float[]> secondMoments,
        long steps,
        int epochs) {}
