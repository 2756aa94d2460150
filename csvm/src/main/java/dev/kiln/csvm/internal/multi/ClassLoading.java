package dev.kiln.csvm.internal.multi;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings rows into the form in which several machines are trained on them. For one thread. */
final class ClassLoading {

    /** More labels than this are taken for numbers to be predicted, not for classes. */
    private static final int MOST_CLASSES = 1000;

    private final DsArray x;
    private final Workflow wf;
    private final Placer placer;

    ClassLoading(DsArray x, Placer placer) {
        this.x = x;
        this.wf = x.workflow();
        this.placer = placer;
    }

    /** The different labels, ascending. */
    double[] classes(DsArray y) {
        List<Ref<double[]>> parts = new ArrayList<>();
        for (int i = 0; i < y.blockRows(); i++) {
            Ref<Block> block = y.block(i, 0);
            parts.add(wf.task(MultiTasks::labels)
                    .on(placer.near(block))
                    .submit(block, value(y.rowRange(i).from())));
        }
        double[] classes = wf.task(MultiTasks::classes)
                .on(placer.anywhere())
                .submit(all(parts))
                .get();
        parts.forEach(Ref::delete);
        if (classes.length < 2) {
            throw new IllegalArgumentException(
                    "all " + y.rows() + " labels are " + classes[0] + "; expected rows of two classes or more");
        }
        if (classes.length > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "there are " + classes.length + " different labels; expected at most " + MOST_CLASSES + " classes");
        }
        return classes;
    }

    /** The rows of each block, class by class. */
    List<Ref<ClassRows>> blocks(DsArray y, @Nullable DsArray weights, double[] classes) {
        List<Ref<ClassRows>> blocks = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> block = x.rowBlocks().get(i);
            Ref<Block> labels = y.block(i, 0);
            long first = x.rowRange(i).from();
            blocks.add(
                    weights == null
                            ? wf.task(MachineTasks::rows)
                                    .on(placer.near(block))
                                    .submit(block, labels, value(first), value(classes))
                            : wf.task(MachineTasks::weightedRows)
                                    .on(placer.near(block))
                                    .submit(block, labels, weights.block(i, 0), value(first), value(classes)));
        }
        return blocks;
    }

    /** How many rows of each class weigh something. */
    long[] totals(List<Ref<ClassRows>> blocks, double[] classes) {
        List<Ref<long[]>> counted = new ArrayList<>();
        for (Ref<ClassRows> rows : blocks) {
            counted.add(wf.task(MachineTasks::counts).on(placer.near(rows)).submit(rows));
        }
        long[] totals = new long[classes.length];
        for (Ref<long[]> ref : counted) {
            long[] block = ref.get();
            ref.delete();
            for (int k = 0; k < totals.length; k++) {
                totals[k] += block[k];
            }
        }
        for (int k = 0; k < totals.length; k++) {
            if (totals[k] == 0) {
                throw new IllegalArgumentException("all rows of label " + name(classes[k])
                        + " have weight 0; expected one that weighs something, or no such rows");
            }
        }
        return totals;
    }

    /** A number as a label: 3 rather than 3.0. */
    static String name(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : value + "";
    }
}
