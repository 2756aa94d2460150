package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.cascade.Scan;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.rows.RowTerms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What looking through the rows of a block found, for each machine of a contest. Only the parts asked for travel; the
 * sums stay where the block is.
 *
 * @param sums for each machine {@code sum_s beta_s k(x_s, x_t)} for each of its rows t of the block
 * @param candidates the rows that break the conditions of some machine most
 * @param found what the driver is told of each machine
 */
record MachineScan(List<double[]> sums, Candidates candidates, List<Scan.Found> found) {

    /** Rows that may join for one machine in one round, however few support vectors it has, over all blocks. */
    private static final int LEAST_GROWTH = 300;

    /** Rows that may join for one machine in one round, as a part of its support vectors. */
    private static final double GROWTH = 0.5;

    static MachineScan of(ClassRows rows, List<double[]> sums, Machines machines, Contest contest, Training t) {
        int[][] places = places(rows, machines.rows());
        boolean[][] chosen = rows.none();
        List<Scan.Found> found = new ArrayList<>();
        List<Duel> duels = contest.duels();
        List<double[]> f = new ArrayList<>();
        for (int d = 0; d < duels.size(); d++) {
            int[] classes = contest.classes(duels.get(d));
            byte[] labels = rows.labels(duels.get(d), contest);
            double[] values = sums.get(d).clone();
            for (int i = 0; i < values.length; i++) {
                values[i] -= labels[i];
            }
            f.add(values);
            var look = new Look(machines.states().get(d), t.tolerance());
            double[] excess = new double[values.length];
            int from = 0;
            int at = 0;
            for (int k : classes) {
                RowTerms terms = rows.parts().get(k).terms();
                for (int i = 0; i < places[k].length; i++) {
                    int place = places[k][i];
                    if (terms.weight(i) > 0 && (place < 0 || machines.beta().get(d)[from + place] == 0)) {
                        double by = look.at(labels[at], values[at]);
                        // Rows that are in already need not join.
                        excess[at] = place < 0 ? by : 0;
                    }
                    at++;
                }
                from += machines.rows().parts().get(k).size();
            }
            found.add(look.found());
            double growth =
                    Math.max(LEAST_GROWTH, GROWTH * machines.states().get(d).supportVectors());
            choose(excess, (int) Math.ceil(growth / t.blocks()), classes, chosen);
        }
        int[][] which = Arrays.stream(chosen)
                .map(of -> IntStream.range(0, of.length).filter(i -> of[i]).toArray())
                .toArray(int[][]::new);
        return new MachineScan(sums, new Candidates(rows, f).select(contest, which), found);
    }

    /** Marks the worst rows of a machine; of equal ones the first. */
    private static void choose(double[] excess, int most, int[] classes, boolean[][] chosen) {
        int[] worst =
                IntStream.range(0, excess.length).filter(i -> excess[i] > 0).toArray();
        if (worst.length > most) {
            worst = Arrays.stream(worst)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -excess[i])
                            .thenComparing(i -> i))
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        for (int at : worst) {
            int i = at;
            int k = 0;
            while (i >= chosen[classes[k]].length) {
                i -= chosen[classes[k++]].length;
            }
            chosen[classes[k]][i] = true;
        }
    }

    /** For each row of each class its place among those of the machines, or -1. */
    private static int[][] places(ClassRows rows, ClassRows among) {
        int[][] places = new int[rows.parts().size()][];
        for (int k = 0; k < places.length; k++) {
            long[] ids = among.parts().get(k).ids();
            places[k] = Arrays.stream(rows.parts().get(k).ids())
                    .mapToInt(id -> Math.max(-1, Arrays.binarySearch(ids, id)))
                    .toArray();
        }
        return places;
    }

    /** Looks at the rows of one machine that have no multiplier. */
    private static final class Look {
        private final double low;
        private final double high;
        private long count;
        private double lowest = Double.POSITIVE_INFINITY;
        private double highest = Double.NEGATIVE_INFINITY;

        Look(Machine.State s, double tolerance) {
            this.low = s.low(tolerance);
            this.high = s.high(tolerance);
        }

        /** By how much a row of this label breaks the conditions; 0 or less when it may be. */
        double at(byte label, double f) {
            double by;
            if (label > 0) {
                lowest = Math.min(lowest, f);
                by = low - f;
            } else {
                highest = Math.max(highest, f);
                by = f - high;
            }
            count += by > 0 ? 1 : 0;
            return by;
        }

        Scan.Found found() {
            return new Scan.Found(count, lowest, highest);
        }
    }
}
