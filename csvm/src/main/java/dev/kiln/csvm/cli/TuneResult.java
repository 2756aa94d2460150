package dev.kiln.csvm.cli;

import dev.kiln.csvm.GridSearch;
import java.util.List;

/**
 * What {@code tune} prints; with {@code --json} as an object of these names in this order.
 *
 * @param rows of the data
 * @param features columns
 * @param folds of the cross-validation
 * @param cells one for each pair
 * @param best the best of them
 * @param command what trains with the best pair
 * @param seconds of the search
 * @param tasks that were run, loading included
 */
record TuneResult(
        long rows,
        long features,
        int folds,
        List<GridSearch.Cell> cells,
        GridSearch.Cell best,
        String command,
        double seconds,
        long tasks) {}
