package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTasks;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.Arrays;
import java.util.List;

/** The tasks that machines without classes add. Each result depends on the arguments alone. */
public final class AimTasks {

    private AimTasks() {}

    /** Rows with targets. */
    @Task(name = "targetRows")
    static BlockRows targetRows(Block x, Block y, long firstRow) {
        return rows(x, RowTerms.ONE.towards(y, firstRow), firstRow);
    }

    /** As {@link #targetRows}, with a column of weights. */
    @Task(name = "weightedTargetRows")
    static BlockRows weightedTargetRows(Block x, Block y, Block w, long firstRow) {
        return rows(x, RowTerms.weighing(w, firstRow).towards(y, firstRow), firstRow);
    }

    /** Rows of which nothing else is known. */
    @Task(name = "plainRows")
    static BlockRows plainRows(Block x, long firstRow) {
        return rows(x, RowTerms.ONE, firstRow);
    }

    private static BlockRows rows(Block x, RowTerms terms, long firstRow) {
        byte[] labels = new byte[x.rows()];
        Arrays.fill(labels, (byte) 1);
        return new BlockRows(BlockRows.points(x, firstRow), labels, terms, firstRow);
    }

    /** How targets are spread; on the way, whether kernel values can be floats. */
    @Task(name = "spread")
    static Fit spread(BlockRows rows, KernelFunction kernel) {
        RowTasks.sides(rows, kernel);
        return Fit.of(rows.terms().targets());
    }

    /** How a column of predictions met the targets. */
    @Task(name = "fit")
    public static Fit fit(Block predicted, Block targets) {
        return Fit.of(predicted, targets);
    }

    @Task(name = "fits")
    public static Fit fits(List<Fit> blocks) {
        return blocks.stream().reduce(Fit.NOTHING, Fit::and);
    }
}
