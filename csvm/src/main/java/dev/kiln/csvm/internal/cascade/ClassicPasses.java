package dev.kiln.csvm.internal.cascade;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes of the cascade as its authors have it. H. P. Graf, E. Cosatto, L. Bottou, I. Durdanovic, V. Vapnik: Parallel
 * support vector machines: the Cascade SVM, NIPS 2004, figure 1: blocks are solved alone, their support vectors are
 * joined and solved again up to one root, whose support vectors go back to every block for the next pass. Unlike there,
 * a joined set starts from multipliers that its parts bring. For one thread.
 */
public final class ClassicPasses {

    private final Workflow wf;
    private final int arity;
    private final Training training;
    private final Placer placer;
    private final List<Ref<BlockRows>> blocks;

    public ClassicPasses(Workflow wf, int arity, Training training, Placer placer, List<Ref<BlockRows>> blocks) {
        this.wf = wf;
        this.arity = arity;
        this.training = training;
        this.placer = placer;
        this.blocks = blocks;
    }

    /** The first pass, of blocks alone. */
    public Ref<Machine> first(double tolerance) {
        List<Ref<Machine>> leaves = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            leaves.add(wf.task(CascadeTasks::leaf)
                    .on(placer.near(block))
                    .submit(block, value(training), value(tolerance)));
        }
        return root(leaves, tolerance);
    }

    /** A further pass, of each block with the support vectors found so far, which are then let go of. */
    public Ref<Machine> next(Ref<Machine> found, double tolerance) {
        List<Ref<Machine>> leaves = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            leaves.add(wf.task(ClassicTasks::leafAgain)
                    .on(placer.near(block))
                    .submit(block, found, value(training), value(tolerance)));
        }
        found.delete();
        return root(leaves, tolerance);
    }

    private Ref<Machine> root(List<Ref<Machine>> leaves, double tolerance) {
        return join(
                leaves,
                arity,
                (children, root) -> wf.task(ClassicTasks::merge)
                        .on(placer.anywhere())
                        .submit(all(children), value(training), value(tolerance)));
    }

    /** Submits the join of two values or more; the root is that of all. */
    public interface Merge<T> {
        Ref<T> of(List<Ref<T>> children, boolean root);
    }

    /** Joins so many values into one, level by level, until one is left; those joined are let go of. */
    public static <T> Ref<T> join(List<Ref<T>> leaves, int arity, Merge<T> merge) {
        List<Ref<T>> level = leaves;
        while (level.size() > 1) {
            List<Ref<T>> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += arity) {
                List<Ref<T>> children = level.subList(i, Math.min(level.size(), i + arity));
                if (children.size() == 1) {
                    above.add(children.getFirst());
                } else {
                    above.add(merge.of(children, level.size() <= arity));
                    children.forEach(Ref::delete);
                }
            }
            level = above;
        }
        return level.getFirst();
    }
}
