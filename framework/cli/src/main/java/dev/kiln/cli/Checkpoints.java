package dev.kiln.cli;

import dev.kiln.tasks.WorkflowOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a program's workflows: what the user gave is that of the first, and each further one has one in it, so
 * that they meet their own again. Thread-safe.
 */
final class Checkpoints {

    private final WorkflowOptions.@Nullable Checkpoint wish;
    private final AtomicInteger opened = new AtomicInteger();

    /** With what the user wants for all of a cluster's workflows, or null. */
    Checkpoints(WorkflowOptions.@Nullable Checkpoint wish) {
        this.wish = wish;
    }

    /** How to open the next workflow, for which the program itself wishes this. */
    WorkflowOptions next(WorkflowOptions own) {
        if (wish == null || own.checkpoint() != null) {
            return own;
        }
        int number = opened.incrementAndGet();
        return own.checkpoint(number == 1 ? wish.folder() : wish.folder().resolve("workflow-" + number), wish.every());
    }
}
