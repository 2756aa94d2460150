package dev.kiln.command;

import dev.kiln.tasks.Workflow;

/** Starts the cluster that a command's options describe. */
public interface Launcher {

    /**
     * Starts it and waits until all of its nodes are up.
     *
     * @throws UsageException when the options cannot be met: a port that is taken, too little memory
     */
    Session start(ClusterOptions options);

    /** A running cluster with one open workflow on it; closing stops every node that was started. */
    interface Session extends AutoCloseable {

        /** The open workflow. */
        Workflow workflow();

        @Override
        void close();
    }
}
