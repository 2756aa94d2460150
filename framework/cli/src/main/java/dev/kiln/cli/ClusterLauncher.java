package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.Launcher;
import dev.kiln.tasks.Workflow;

/** Gives each subcommand a cluster with an open workflow, whose code is this distribution's. */
record ClusterLauncher(Clusters clusters) implements Launcher {

    @Override
    public Session start(ClusterOptions options) {
        Clusters.Cluster cluster = clusters.start(options);
        try {
            return new OpenSession(cluster, new Workflow(cluster.open(ClusterLauncher.class.getClassLoader(), null)));
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private record OpenSession(Clusters.Cluster cluster, Workflow workflow) implements Session {

        @Override
        public void close() {
            try (cluster) {
                workflow.close();
            }
        }
    }
}
