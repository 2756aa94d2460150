package dev.kiln.tasks.spi;

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

    /** A class loader that knows the cluster its program was launched on. */
    interface Source {
        /** Never null. */
        WorkflowProvider workflows();
    }
}
