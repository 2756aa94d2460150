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

    /**
     * The same; or joins the cluster that {@code running} names, whose nodes have this distribution's classes. That goes
     * on when the session is closed.
     *
     * @throws ClusterFailedException when it cannot be reached, or refuses
     */
    default Session start(ClusterOptions options, RunningCluster running) {
        if (running.isGiven()) {
            throw new UnsupportedOperationException("this launcher joins no cluster that runs already");
        }
        return start(options);
    }

    /** A running cluster with one open workflow on it; closing stops every node that was started. */
    interface Session extends AutoCloseable {

        /** The open workflow. */
        Workflow workflow();

        @Override
        void close();
    }
}
