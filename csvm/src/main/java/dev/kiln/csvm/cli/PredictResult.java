package dev.kiln.csvm.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code predict --json} prints.
 *
 * @param rows that were predicted
 * @param features columns
 * @param blocks that the rows are in
 * @param nodes that were up
 * @param slots of each node
 * @param classes of the model
 * @param supportVectors of the model
 * @param accuracy part of the rows whose label is predicted; null when the file has no labels, or others than the model
 * @param r2 of predicted numbers; null when the model predicts none, or the file does not have them
 * @param labels one a row; null when they went to a file
 * @param decisions decision values, one a row, or of several machines an array a row; null when the labels went to a file
 * @param probabilities for each row that of each class; null when the model has none, or the labels went to a file
 */
record PredictResult(
        long rows,
        long features,
        int blocks,
        int nodes,
        int slots,
        List<String> classes,
        int supportVectors,
        @Nullable Double accuracy,
        @Nullable Double r2,
        @Nullable List<String> labels,
        @Nullable Object decisions,
        double @Nullable [] @Nullable [] probabilities) {}
