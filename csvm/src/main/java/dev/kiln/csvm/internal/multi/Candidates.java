package dev.kiln.csvm.internal.multi;

import java.util.List;

/**
 * Rows that join the next solve of some machines.
 *
 * @param rows all of them
 * @param f for each machine {@code sum_s beta_s k(x_s, x_t) - y_t} for each of its rows t
 */
record Candidates(ClassRows rows, List<double[]> f) {

    /** These rows of each class, ascending. */
    Candidates select(Contest contest, int[][] which) {
        return new Candidates(rows.select(which), rows.choose(contest, f, which));
    }
}
