package dev.kiln.csvm.internal.cascade;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.ClassWeights;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.Round;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.rows.BlockRows;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Trains a machine that is not for classes. For one thread. */
public final class AimTraining {

    private final CascadeSvmOptions options;
    private final DsArray x;
    private final Workflow wf;

    public AimTraining(CascadeSvmOptions options, DsArray x) {
        this.options = options;
        this.x = x;
        this.wf = x.workflow();
    }

    /** The options, if they are such as machines without classes have. */
    public static CascadeSvmOptions checked(CascadeSvmOptions options) {
        if (options.feedback() != Feedback.VIOLATORS) {
            throw new IllegalArgumentException("feedback CLASSIC: expected where two classes are told apart");
        }
        if (!options.classWeights().equals(ClassWeights.EQUAL)) {
            throw new IllegalArgumentException("class weights: expected where classes are told apart");
        }
        return options;
    }

    /**
     * Trains, and waits for the result.
     *
     * @param y a column of targets, or null
     * @param weights a column, or null if all weigh 1
     * @param aim what the machine is for, once the spread of targets is known
     */
    public ModelData run(
            @Nullable DsArray y, @Nullable DsArray weights, Function<Fit, Aim> aim, Consumer<Round> rounds) {
        List<Ref<BlockRows>> blocks = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            blocks.add(rows(y, weights, i));
        }
        try {
            Cascade cascade = new Cascade(
                    wf, options, SideWeights.EQUAL, aim.apply(spread(blocks)), x, blocks, Placer.affinity());
            Cascade.Trained trained = cascade.run(rounds);
            return trained.model(options, x);
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        } finally {
            blocks.forEach(Ref::delete);
        }
    }

    private Ref<BlockRows> rows(@Nullable DsArray y, @Nullable DsArray weights, int i) {
        Ref<Block> block = x.rowBlocks().get(i);
        long first = x.rowRange(i).from();
        if (y == null) {
            return wf.task(AimTasks::plainRows).on(near(block)).submit(block, value(first));
        }
        return weights == null
                ? wf.task(AimTasks::targetRows).on(near(block)).submit(block, y.block(i, 0), value(first))
                : wf.task(AimTasks::weightedTargetRows)
                        .on(near(block))
                        .submit(block, y.block(i, 0), weights.block(i, 0), value(first));
    }

    private Fit spread(List<Ref<BlockRows>> blocks) {
        KernelFunction kernel = options.function(x.columns());
        List<Ref<Fit>> parts = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            parts.add(wf.task(AimTasks::spread).on(near(block)).submit(block, value(kernel)));
        }
        Fit fit = wf.task(AimTasks::fits).submit(all(parts)).get();
        parts.forEach(Ref::delete);
        return fit;
    }
}
