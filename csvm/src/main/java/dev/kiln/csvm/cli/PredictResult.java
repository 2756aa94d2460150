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
 * @param supportVectors of the model
 * @param accuracy part of the rows whose label is predicted; null when the file has no labels, or others than the model
 * @param labels one a row; null when they went to a file
 * @param decisions decision values, one a row; null when the labels went to a file
 */
record PredictResult(
        long rows,
        long features,
        int blocks,
        int nodes,
        int slots,
        int supportVectors,
        @Nullable Double accuracy,
        @Nullable List<String> labels,
        double @Nullable [] decisions) {}
