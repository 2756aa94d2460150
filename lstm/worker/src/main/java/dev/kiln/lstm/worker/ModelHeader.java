package dev.kiln.lstm.worker;

import dev.kiln.lstm.LstmOptions;
import java.util.List;

/**
 * The part of a model file that people may read. The names of the components are those of the JSON object, in this
 * order.
 *
 * @param kiln the version of Kiln that trained it
 * @param options how it was made and trained
 * @param names of the variables
 * @param minima scaled to 0
 * @param maxima scaled to 1
 * @param steps that Adam has made
 * @param epochs that were trained
 */
record ModelHeader(
        String kiln,
        LstmOptions options,
        List<String> names,
        double[] minima,
        double[] maxima,
        long steps,
        int epochs) {}
