package dev.kiln.csvm.internal.cascade;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Round;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTasks;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.internal.rows.SideCounts;
import dev.kiln.csvm.internal.rows.SideWeights;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trains a machine for two classes. For one thread. */
public final class TwoClassTraining {

    private final CascadeSvmOptions options;
    private final Placer places;
    private final DsArray x;
    private final Workflow wf;

    public TwoClassTraining(CascadeSvmOptions options, Placer places, DsArray x) {
        this.options = options;
        this.places = places;
        this.x = x;
        this.wf = x.workflow();
    }

    /**
     * Trains, and waits for the result.
     *
     * @param y a column of labels, +1 or -1
     * @param weights a column, or null if all weigh 1
     * @throws IllegalArgumentException as {@code CascadeSvm.fit}
     */
    public ModelData run(DsArray y, @Nullable DsArray weights, Consumer<Round> rounds) {
        Shapes.checkLabels(x, y);
        if (weights != null) {
            Shapes.checkWeights(x, weights);
        }
        List<Ref<BlockRows>> blocks = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            blocks.add(rows(y, weights, i));
        }
        try {
            SideWeights sides = SideWeights.of(options.classWeights(), counts(blocks));
            return new Cascade(wf, options, sides, x, blocks, places)
                    .run(rounds)
                    .model(options, x);
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        } finally {
            blocks.forEach(Ref::delete);
        }
    }

    private Ref<BlockRows> rows(DsArray y, @Nullable DsArray weights, int i) {
        Ref<Block> block = x.rowBlocks().get(i);
        Ref<Block> labels = y.block(i, 0);
        long first = x.rowRange(i).from();
        return weights == null
                ? wf.task(RowTasks::rows).on(places.near(block)).submit(block, labels, value(first))
                : wf.task(RowTasks::weightedRows)
                        .on(places.near(block))
                        .submit(block, labels, weights.block(i, 0), value(first));
    }

    private SideCounts counts(List<Ref<BlockRows>> blocks) {
        KernelFunction kernel = options.function(x.columns());
        List<Ref<SideCounts>> parts = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            parts.add(wf.task(RowTasks::sides).on(places.near(block)).submit(block, value(kernel)));
        }
        SideCounts counts = wf.task(RowTasks::allSides)
                .on(places.anywhere())
                .submit(all(parts))
                .get();
        parts.forEach(Ref::delete);
        if (counts.areBoth()) {
            return counts;
        }
        long rows = counts.positive() + counts.negative();
        throw new IllegalArgumentException(
                rows == 0
                        ? "all " + x.rows() + " weights are 0; expected rows of two classes that weigh something"
                        : "all " + rows + " labels" + (rows < x.rows() ? " of rows that weigh something" : "") + " are "
                                + (counts.positive() == 0 ? "-1" : "+1") + "; expected rows of two classes");
    }
}
