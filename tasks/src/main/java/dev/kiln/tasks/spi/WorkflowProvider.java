package dev.kiln.tasks.spi;

import dev.kiln.tasks.WorkflowOptions;

/**
 * Opens workflows on a cluster. {@link dev.kiln.tasks.Workflow#open()} asks the class loader of its caller, when that
 * is a {@link Source}; else the one provider that {@link java.util.ServiceLoader} finds on the class path.
 */
public interface WorkflowProvider {

    /**
     * Opens a workflow whose task methods are found through this class loader.
     *
     * @param code the class loader of the program
     */
    WorkflowBackend open(ClassLoader code);

    /**
     * The same in another way than the usual.
     *
     * @throws IllegalStateException when this cluster cannot open it so
     */
    default WorkflowBackend open(ClassLoader code, WorkflowOptions options) {
        if (options.checkpoint() != null) {
            throw new IllegalStateException("this cluster writes no checkpoints: open the workflow without one");
        }
        return open(code);
    }

    /** A class loader that knows the cluster its program was launched on. */
    interface Source {
        /** Never null. */
        WorkflowProvider workflows();
    }
}
