package dev.kiln.dislib.preprocessing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the mean and the standard deviation of each column, in one pass over the blocks where they are, so that arrays
 * can be brought to mean 0 and deviation 1. The deviation is that of a whole population: divided by the number of rows.
 *
 * <p>Columns of an array with sparse blocks are divided by their deviations but not moved, as by scikit-learn with
 * {@code with_mean=False}: less its mean, nearly every zero would be another number, and the array would be dense.
 *
 * <p>Stateless, so thread-safe. The result depends on the blocks of the array, but not on nodes or their number.
 */
public final class StandardScaler {

    /** How many partial results a task merges. */
    private static final int ARITY = 32;

    /** Waits for the means and deviations of an array; of one with sparse blocks the means are given as 0. */
    public Model fit(DsArray x) {
        var means = new double[Math.toIntExact(x.columns())];
        var deviations = new double[means.length];
        List<Ref<Moments>> columns = new ArrayList<>();
        for (int j = 0; j < x.blockColumns(); j++) {
            columns.add(moments(x, j));
        }
        boolean sparse = columns.stream().anyMatch(part -> part.get().sparse());
        for (int j = 0; j < columns.size(); j++) {
            Moments moments = columns.get(j).get();
            int at = j * x.blockShape().columns();
            if (!sparse) {
                System.arraycopy(moments.means(), 0, means, at, moments.means().length);
            }
            System.arraycopy(moments.deviations(), 0, deviations, at, moments.means().length);
        }
        return new Model(means, deviations);
    }

    private static Ref<Moments> moments(DsArray x, int blockColumn) {
        Workflow wf = x.workflow();
        List<Ref<Moments>> level = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> block = x.block(i, blockColumn);
            level.add(wf.task(ScalerTasks::moments).on(near(block)).submit(block));
        }
        while (level.size() > 1) {
            List<Ref<Moments>> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += ARITY) {
                above.add(wf.task(ScalerTasks::merge).submit(all(level.subList(i, Math.min(level.size(), i + ARITY)))));
            }
            level = above;
        }
        return level.getFirst();
    }

    /**
     * Means and deviations, to be applied to any array with as many columns.
     *
     * @param means of each column
     * @param deviations of each column; 0 where all rows had the same value. Such a column is only moved by its mean,
     *     not divided, as scikit-learn does
     */
    public record Model(double[] means, double[] deviations) {

        /** Checks that there are as many of both, and that they are numbers. */
        public Model {
            if (means.length != deviations.length) {
                throw new IllegalArgumentException("expected as many deviations as means; found " + means.length
                        + " means and " + deviations.length + " deviations");
            }
            for (int j = 0; j < means.length; j++) {
                if (!Double.isFinite(means[j]) || !Double.isFinite(deviations[j]) || deviations[j] < 0) {
                    throw new IllegalArgumentException("column " + j + " has mean " + means[j] + " and deviation "
                            + deviations[j] + "; expected finite numbers, and a deviation of 0 or more");
                }
            }
        }

        /**
         * The array with each column less its mean and divided by its deviation, made where its blocks are. Blocks stay
         * sparse where all means are 0, and else become dense.
         *
         * @throws IllegalArgumentException when it has another number of columns
         */
        public DsArray transform(DsArray x) {
            if (x.columns() != means.length) {
                throw new IllegalArgumentException("cannot standardize " + x + " by the means of " + means.length
                        + " columns: expected " + means.length + " columns, found " + x.columns());
            }
            List<List<Ref<Block>>> grid = new ArrayList<>();
            for (int i = 0; i < x.blockRows(); i++) {
                List<Ref<Block>> row = new ArrayList<>();
                for (int j = 0; j < x.blockColumns(); j++) {
                    int from = j * x.blockShape().columns();
                    int to = Math.min(means.length, from + x.blockShape().columns());
                    Ref<Block> block = x.block(i, j);
                    row.add(x.workflow()
                            .task(ScalerTasks::standardize)
                            .on(near(block))
                            .submit(
                                    block,
                                    value(Arrays.copyOfRange(means, from, to)),
                                    value(Arrays.copyOfRange(deviations, from, to))));
                }
                grid.add(row);
            }
            return DsArray.ofBlocks(x.workflow(), x.shape(), x.blockShape(), grid);
        }

        static double scale(double value, double mean, double deviation) {
            double moved = value - mean;
            return deviation == 0 ? moved : moved / deviation;
        }

        /** Equal when the numbers are. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Model(double[] m, double[] d)
                    && Arrays.equals(m, means)
                    && Arrays.equals(d, deviations);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(means) + Arrays.hashCode(deviations);
        }

        @Override
        public String toString() {
            return "StandardScaler.Model[" + means.length + " columns]";
        }
    }
}
