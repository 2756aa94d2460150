package dev.kiln.csvm;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classic cascade for several classes, as dislib has it: each node of the tree solves every pair of classes among
 * its rows, and hands on the rows that support at least one of them. For one thread.
 */
final class ClassCascade {

    private final Workflow wf;
    private final CascadeSvmOptions options;
    private final Training training;
    private final Placer placer;
    private final List<Ref<ClassRows>> blocks;

    ClassCascade(
            Workflow wf, CascadeSvmOptions options, Training training, Placer placer, List<Ref<ClassRows>> blocks) {
        this.wf = wf;
        this.options = options;
        this.training = training;
        this.placer = placer;
        this.blocks = blocks;
    }

    /** The support vectors after the last pass, and how many passes there were. */
    record Found(Ref<ClassRows> vectors, int passes) {}

    /** Makes the passes; with a check they end when the support vectors stay the same. */
    Found run() {
        Ref<ClassRows> found = pass(null);
        for (int number = 1; number < options.maxRounds(); number++) {
            Ref<ClassRows> next = pass(found);
            boolean same = options.check()
                    && wf.task(ClassTasks::sameRows)
                            .on(placer.near(next))
                            .submit(found, next)
                            .get();
            found.delete();
            found = next;
            if (same) {
                return new Found(found, number + 1);
            }
        }
        found.await();
        return new Found(found, options.maxRounds());
    }

    private Ref<ClassRows> pass(@Nullable Ref<ClassRows> found) {
        List<Ref<ClassRows>> leaves = new ArrayList<>();
        for (Ref<ClassRows> block : blocks) {
            leaves.add(pairs(found == null ? List.of(block) : List.of(block, found), placer.near(block)));
        }
        return ClassicPasses.join(leaves, options.arity(), parts -> pairs(parts, placer.anywhere()));
    }

    private Ref<ClassRows> pairs(List<Ref<ClassRows>> parts, Placement where) {
        return wf.task(ClassTasks::pairs).on(where).submit(all(parts), value(training), value(training.tolerance()));
    }
}
