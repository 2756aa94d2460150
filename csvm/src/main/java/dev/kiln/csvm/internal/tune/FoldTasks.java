package dev.kiln.csvm.internal.tune;

import dev.kiln.csvm.internal.cascade.CascadeTasks;
import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.tasks.Task;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The tasks of cross-validation. Each result depends on the arguments alone. */
public final class FoldTasks {

    private FoldTasks() {}

    /**
     * Which rows are meant.
     *
     * @param seed of the folds
     * @param folds how many there are
     * @param fold one of them
     * @param inside whether the rows of the fold are meant, or all others
     */
    public record Cut(long seed, int folds, int fold, boolean inside) {

        /** Whether the row of this number is meant. */
        public boolean has(long row) {
            return (new SplittableRandom(seed ^ (row * 0x9E3779B97F4A7C15L)).nextInt(folds) == fold) == inside;
        }

        /** Whether one of these rows is. */
        public boolean any(long from, long to) {
            return LongStream.range(from, to).anyMatch(this::has);
        }
    }

    /** Those rows of a block that are meant, numbered afresh: a block's numbers begin where its rows do. */
    @Task(name = "part")
    public static BlockRows part(BlockRows block, Cut cut) {
        int[] which = IntStream.range(0, block.labels().length)
                .filter(i -> cut.has(block.firstRow() + i))
                .toArray();
        byte[] labels = new byte[which.length];
        for (int i = 0; i < which.length; i++) {
            labels[i] = block.labels()[which[i]];
        }
        return new BlockRows(block.points().select(which), labels, block.terms().select(which), block.firstRow());
    }

    /** How many rows are on their own side of a machine. */
    @Task(name = "hits")
    public static long hits(BlockRows block, Machine machine, Training t) {
        return CascadeTasks.loss(block, machine, t).correct();
    }
}
