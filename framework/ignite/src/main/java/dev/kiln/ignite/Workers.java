package dev.kiln.ignite;

import dev.kiln.tasks.spi.WorkflowBackend;

/** Joins what carries to what runs and what drives. */
final class Workers {

    static final IgniteNode.WorkerMaker ALL = (settings, link) -> {
        throw new IllegalStateException();
    };

    private Workers() {}

    static WorkflowBackend driver(DriverLink drivers, String code, ClassLoader program) {
        throw new IllegalStateException();
    }
}
