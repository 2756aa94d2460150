package dev.kiln.runtime.local;

import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;

/** What {@code Workflow.open()} finds on the class path: a local cluster for each workflow, which ends with it. */
public final class LocalProvider implements WorkflowProvider {

    /** For {@link java.util.ServiceLoader}. */
    public LocalProvider() {}

    @Override
    public WorkflowBackend open(ClassLoader code) {
        return open(code, WorkflowOptions.usual());
    }

    @Override
    public WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
        Preloading.begin();
        LocalCluster cluster = LocalCluster.start(Runtime.getRuntime().availableProcessors());
        try {
            return cluster.open(code, wish, cluster::close);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }
}
