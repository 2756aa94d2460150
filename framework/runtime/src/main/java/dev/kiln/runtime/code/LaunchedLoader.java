package dev.kiln.runtime.code;

import dev.kiln.tasks.spi.WorkflowProvider;
import java.net.URL;

/** The class loader of a launched program: {@code Workflow.open()} in it finds the cluster it was launched on. */
final class LaunchedLoader extends WorkflowLoader implements WorkflowProvider.Source {

    static {
        registerAsParallelCapable();
    }

    private final WorkflowProvider workflows;

    LaunchedLoader(String code, URL jar, ClassLoader parent, Runnable closed, WorkflowProvider workflows) {
        super(code, jar, parent, closed);
        this.workflows = workflows;
    }

    @Override
    public WorkflowProvider workflows() {
        return workflows;
    }
}
