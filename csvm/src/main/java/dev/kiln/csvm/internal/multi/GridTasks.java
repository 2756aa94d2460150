package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.tasks.Task;
import java.util.List;
import java.util.SplittableRandom;

/** The tasks of cross-validation, beside those of training. Each result depends on the arguments alone. */
final class GridTasks {

    private GridTasks() {}

    /** The fold of a row: it depends on the row's number in the array and on the seed. */
    static int fold(long row, long seed, int folds) {
        return new SplittableRandom(seed ^ (row * 0x9E3779B97F4A7C15L)).nextInt(folds);
    }

    @Task(name = "folds")
    static ClassRows folds(ClassRows rows, long seed, int folds) {
        return rows.inFolds(folds, row -> fold(row, seed, folds));
    }

    /** The rows of all blocks as one. */
    @Task(name = "join rows")
    static ClassRows join(List<ClassRows> blocks) {
        return ClassUnion.of(blocks).rows();
    }

    /** For each price how many rows get their class from the machines that they were held back from. */
    @Task(name = "hits")
    static long[] hits(ClassRows block, Machines machines, Contest contest, KernelFunction kernel) {
        var by = MachineSums.held(block, contest, kernel);
        List<double[]> sums = by.none();
        by.add(machines, sums);
        List<Duel> duels = contest.duels();
        List<Duel> pairs = contest.pairs();
        int prices = contest.prices().length;
        long[] hits = new long[prices];
        double[] decisions = new double[pairs.size()];
        for (int first = 0; first < duels.size(); first += pairs.size() * prices) {
            int at = 0;
            for (int part : contest.held(duels.get(first))) {
                int end = at + block.parts().get(part).size();
                for (; at < end; at++) {
                    for (int price = 0; price < prices; price++) {
                        for (int p = 0; p < decisions.length; p++) {
                            int d = first + p * prices + price;
                            Machine.State state = machines.states().get(d);
                            decisions[p] = sums.get(d)[at] - state.rho();
                        }
                        boolean right = Duel.winner(decisions, pairs, contest.classes()) == contest.classOf(part);
                        hits[price] += right ? 1 : 0;
                    }
                }
            }
        }
        return hits;
    }

    /** Those of all blocks. */
    @Task(name = "all hits")
    static long[] allHits(List<long[]> blocks) {
        long[] all = new long[blocks.getFirst().length];
        for (long[] block : blocks) {
            for (int i = 0; i < all.length; i++) {
                all[i] += block[i];
            }
        }
        return all;
    }
}
