package dev.kiln.csvm.cli;

import dev.kiln.csvm.Round;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code train} prints; with {@code --json} as an object of these names in this order.
 *
 * @param rows of the training data
 * @param features columns
 * @param blocks that the rows are in
 * @param nodes that were up
 * @param slots of each node
 * @param classes the labels
 * @param supportVectors of the machine
 * @param rounds looks through the rows
 * @param converged whether the tolerance was reached
 * @param dualObjective maximised
 * @param dualityGap as a part of the primal objective
 * @param trainAccuracy part of the training rows on their own side
 * @param testAccuracy part of the test rows on their own side; null without test data
 * @param loadSeconds until the rows were in the cluster
 * @param trainSeconds from then until the machine was there
 * @param tasks that were run
 * @param bytesMoved between nodes
 * @param progress what was told after each round; null for several machines
 */
record TrainResult(
        long rows,
        long features,
        int blocks,
        int nodes,
        int slots,
        List<String> classes,
        int supportVectors,
        int rounds,
        boolean converged,
        double dualObjective,
        double dualityGap,
        double trainAccuracy,
        @Nullable Double testAccuracy,
        double loadSeconds,
        double trainSeconds,
        long tasks,
        long bytesMoved,
        @Nullable List<Round> progress) {}
