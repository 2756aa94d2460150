package dev.kiln.csvm.internal.rows;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.List;

/** Makes rows of blocks, and counts. Each result depends on the arguments alone. */
public final class RowTasks {

    private RowTasks() {}

    @Task(name = "rows")
    public static BlockRows rows(Block x, Block y, long firstRow) {
        return BlockRows.of(x, y, firstRow);
    }

    /** As {@link #rows}, with a column of weights. */
    @Task(name = "weightedRows")
    public static BlockRows weightedRows(Block x, Block y, Block w, long firstRow) {
        return BlockRows.of(x, y, firstRow).weighing(w);
    }

    /** How many rows of each class there are. No kernel value exceeds the greater of those of two rows with themselves. */
    @Task(name = "sides")
    public static SideCounts sides(BlockRows rows, KernelFunction kernel) {
        for (int i = 0; i < rows.labels().length; i++) {
            if (!Float.isFinite(kernel.self(rows.points(), i))) {
                throw new IllegalArgumentException("the kernel of row " + (rows.firstRow() + i)
                        + " with itself is above 3.4e38; expected smaller features: standardise the columns");
            }
        }
        return rows.counts();
    }

    @Task(name = "allSides")
    public static SideCounts allSides(List<SideCounts> blocks) {
        return blocks.stream().reduce(new SideCounts(0, 0), SideCounts::and);
    }

    @Task(name = "sum")
    public static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
