package dev.kiln.tasks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a workflow is opened, where the usual way will not do: {@code
 * Workflow.open(WorkflowOptions.usual().checkpoint(folder, Duration.ofSeconds(30)))}.
 *
 * @param checkpoint where and how often it keeps what it has done, or null when it does not
 */
public record WorkflowOptions(@Nullable Checkpoint checkpoint) {

    private static final WorkflowOptions USUAL = new WorkflowOptions(null);

    /**
     * Where and how often a workflow keeps what it has done.
     *
     * @param folder one workflow at a time uses it; all nodes see it
     * @param every how long to wait from one checkpoint to the next
     */
    public record Checkpoint(Path folder, Duration every) {

        /** Checks the time. */
        public Checkpoint {
            Objects.requireNonNull(folder, "checkpoint(null, ...): expected a folder");
            if (every.isNegative() || every.isZero()) {
                throw new IllegalArgumentException(
                        "checkpoint(" + folder + ", " + every + "): expected a time above nothing");
            }
        }
    }

    /** Those of {@link Workflow#open()}. */
    public static WorkflowOptions usual() {
        return USUAL;
    }

    /**
     * The same with checkpoints: the program, when it was killed and is run again, does not repeat the tasks that were done
     * at the last one. See {@code docs/checkpoints.md}.
     *
     * @param folder it is made where it is not there; one workflow at a time uses it, and all nodes see it
     * @param every how long to wait from one checkpoint to the next; the last follows when the workflow is closed
     */
    public WorkflowOptions checkpoint(Path folder, Duration every) {
        return new WorkflowOptions(new Checkpoint(folder, every));
    }
}
