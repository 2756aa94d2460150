package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.Launcher;
import dev.kiln.command.RunningCluster;
import dev.kiln.tasks.Workflow;
import org.jspecify.annotations.Nullable;

/** Gives each subcommand a cluster with an open workflow, whose code is this distribution's. Used by one thread. */
final class ClusterLauncher implements Launcher {

    private final Clusters clusters;
    private Clusters.@Nullable Cluster last;

    ClusterLauncher(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public Session start(ClusterOptions options) {
        last = clusters.start(options);
        return open(last);
    }

    @Override
    public Session start(ClusterOptions options, RunningCluster running) {
        return open(cluster(options, running));
    }

    /** As {@link #start(ClusterOptions, RunningCluster)}, for a program that opens its workflows itself. */
    Clusters.Cluster cluster(ClusterOptions options, RunningCluster running) {
        last = running.isGiven() ? clusters.join(running, options.checkpoint()) : clusters.start(options);
        return last;
    }

    /** Why the cluster of the command is gone, when it is and was not closed; else null. */
    @Nullable String lost() {
        return last == null ? null : last.lost();
    }

    private Session open(Clusters.Cluster cluster) {
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
