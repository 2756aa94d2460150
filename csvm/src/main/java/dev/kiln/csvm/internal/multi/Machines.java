package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.csvm.solver.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The machines of a multi-class model, as tasks hand them on: the rows that support at least one of them, and what each
 * machine makes of the rows of its classes.
 *
 * @param rows of all machines
 * @param beta for each machine the signed multipliers of its rows; 0 where a row only supports others
 * @param f for each machine {@code sum_s beta_s k(x_s, x_t) - y_t} for each of its rows t; empty where nobody will ask
 * @param states what the solver said of each machine
 */
record Machines(ClassRows rows, List<double[]> beta, List<double[]> f, List<Machine.State> states) {

    /** These rows of each class, ascending. */
    Machines select(Contest contest, int[][] which) {
        return new Machines(
                rows.select(which),
                rows.choose(contest, beta, which),
                f.isEmpty() ? f : rows.choose(contest, f, which),
                states);
    }

    /** Without {@link #f}. */
    Machines light() {
        return new Machines(rows, beta, List.of(), states);
    }

    /**
     * The rows of machines in one order, that of their numbers.
     *
     * @param points the rows that support at least one machine
     * @param ids their numbers
     * @param uses for each machine the indexes of its rows, ascending, and their multipliers
     */
    record Vectors(Points points, long[] ids, List<MultiData.Use> uses) {}

    /** The support vectors, as a model has them. */
    Vectors vectors(Contest contest) {
        List<Duel> duels = contest.duels();
        long[] ids = rows.parts().stream()
                .flatMapToLong(part -> Arrays.stream(part.ids()))
                .sorted()
                .toArray();
        int[][] places = rows.parts().stream()
                .map(part -> Arrays.stream(part.ids())
                        .mapToInt(id -> Arrays.binarySearch(ids, id))
                        .toArray())
                .toArray(int[][]::new);
        double[][] byRow = new double[duels.size()][ids.length];
        boolean[] used = new boolean[ids.length];
        for (int d = 0; d < byRow.length; d++) {
            int at = 0;
            for (int k : contest.classes(duels.get(d))) {
                for (int place : places[k]) {
                    byRow[d][place] = beta.get(d)[at++];
                    used[place] |= byRow[d][place] != 0;
                }
            }
        }
        int[] which = IntStream.range(0, ids.length).filter(i -> used[i]).toArray();
        List<MultiData.Use> uses = new ArrayList<>();
        for (double[] of : byRow) {
            int[] mine = IntStream.range(0, which.length)
                    .filter(i -> of[which[i]] != 0)
                    .toArray();
            uses.add(new MultiData.Use(
                    mine, Arrays.stream(mine).mapToDouble(i -> of[which[i]]).toArray()));
        }
        Points all =
                Points.concat(rows.parts().stream().map(ClassRows.Part::points).toList());
        int[] order = new int[ids.length];
        int at = 0;
        for (int[] of : places) {
            for (int place : of) {
                order[place] = at++;
            }
        }
        return new Vectors(
                all.select(Arrays.stream(which).map(i -> order[i]).toArray()),
                Arrays.stream(which).mapToLong(i -> ids[i]).toArray(),
                uses);
    }
}
