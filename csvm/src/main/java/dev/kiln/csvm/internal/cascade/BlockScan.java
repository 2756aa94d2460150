package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.KernelSum;
import dev.kiln.csvm.solver.Points;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Looks through the rows of a block for those that break the optimality conditions of a machine. */
final class BlockScan {

    /** Rows that may join in one round, as a part of the support vectors there are. */
    private static final double GROWTH = 0.5;

    /** Rows that may join in one round, however few support vectors there are. */
    private static final int LEAST_GROWTH = 1000;

    private BlockScan() {}

    /** Adds all of a machine's support vectors to the sums. */
    static void addAll(double[] sums, Points points, Machine machine, KernelFunction kernel) {
        new KernelSum(kernel, points, sums).addAll(machine.beta(), machine.points());
    }

    /** Adds what changed from one machine to the next. Both are in the order of ids, so this is a merge. */
    static void addChanges(double[] sums, Points points, Machine from, Machine to, KernelFunction kernel) {
        double[] gone = new double[from.size()];
        double[] changed = to.beta().clone();
        int b = 0;
        for (int a = 0; a < from.size(); a++) {
            while (b < to.size() && to.ids()[b] < from.ids()[a]) {
                b++;
            }
            if (b < to.size() && to.ids()[b] == from.ids()[a]) {
                changed[b] -= from.beta()[a];
            } else {
                gone[a] = -from.beta()[a];
            }
        }
        var sum = new KernelSum(kernel, points, sums);
        sum.addAll(gone, from.points());
        sum.addAll(changed, to.points());
    }

    /** Finds the violators, the worst of which join the next solve; of equal ones those of lower id. */
    static Scan scan(BlockRows block, double[] sums, Machine machine, Training t) {
        int n = sums.length;
        double[] excess = new double[n];
        double[] f = new double[n];
        double low = machine.state().low(t.tolerance());
        double high = machine.state().high(t.tolerance());
        double[] prices = t.prices(block.labels(), block.terms());
        double penalty = 0;
        long count = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        int vector = lowerBound(machine.ids(), block.firstRow());
        for (int i = 0; i < n; i++) {
            penalty += prices[i]
                    * t.aim()
                            .loss(
                                    block.labels()[i],
                                    block.terms().target(i),
                                    sums[i] - machine.state().rho());
            f[i] = sums[i] - t.aim().wanted(block.labels(), block.terms(), i);
            if (vector < machine.size() && machine.ids()[vector] == block.firstRow() + i) {
                boolean candidate = machine.beta()[vector++] == 0;
                if (!candidate) {
                    continue;
                }
            }
            if (block.terms().weight(i) == 0) {
                continue; // nothing may be done about it
            }
            double raise = t.aim().raise(block.labels()[i], f[i]);
            double lower = t.aim().lower(block.labels()[i], f[i]);
            lowest = Math.min(lowest, raise);
            highest = Math.max(highest, lower);
            double by = Math.max(low - raise, lower - high);
            if (by > 0) {
                excess[i] = by;
                count++;
            }
        }
        return new Scan(sums, choose(block, excess, f, machine, t), new Scan.Found(count, lowest, highest, penalty));
    }

    private static Violators choose(BlockRows block, double[] excess, double[] f, Machine machine, Training t) {
        double growth = Math.max(LEAST_GROWTH, GROWTH * machine.state().supportVectors());
        int[] which = IntStream.range(0, excess.length)
                .filter(i -> excess[i] > 0 && Arrays.binarySearch(machine.ids(), block.firstRow() + i) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -excess[i]).thenComparing(i -> i))
                .limit((long) Math.ceil(growth / t.blocks()))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        byte[] labels = new byte[which.length];
        long[] ids = new long[which.length];
        double[] chosen = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            labels[i] = block.labels()[which[i]];
            ids[i] = block.firstRow() + which[i];
            chosen[i] = f[which[i]];
        }
        return new Violators(block.points().select(which), labels, block.terms().select(which), ids, chosen);
    }

    private static int lowerBound(long[] ids, long id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 ? -at - 1 : at;
    }
}
