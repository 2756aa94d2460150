package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.ClusterOptions;
import dev.kiln.command.UsageException;
import dev.kiln.ignite.ClusterStartException;
import dev.kiln.ignite.IgniteCluster;
import dev.kiln.ignite.IgniteClusterOptions;
import dev.kiln.ignite.IgniteHost;
import dev.kiln.ignite.JobNode;
import dev.kiln.ignite.PortTakenException;
import dev.kiln.runtime.checkpoint.FolderInUseException;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.remote.WorkflowHost;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Clusters of Ignite nodes: one in this JVM and the further ones each in a JVM of its own. */
final class IgniteClusters implements Clusters {

    private final @Nullable JobLife job;
    private final Consumer<String> notes;

    /**
     * For clusters on this machine, or on the nodes of the job that this JVM is part of.
     *
     * @param notes is told, in one line each, what users should know of their workflows
     */
    IgniteClusters(@Nullable JobLife job, Consumer<String> notes) {
        this.job = job;
        this.notes = notes;
    }

    @Override
    public Cluster start(ClusterOptions options) {
        return start(options, null);
    }

    /** The same, with a folder for what is to outlive the cluster, or null. */
    Cluster start(ClusterOptions options, @Nullable Path data) {
        if (job != null) {
            return start(job, options);
        }
        IgniteClusterOptions wanted = wanted(options, Runtime.getRuntime().availableProcessors());
        try {
            var checkpoints = new Checkpoints(options.checkpoint());
            return new Running(
                    data == null ? IgniteCluster.start(wanted) : IgniteCluster.start(wanted, data), checkpoints, notes);
        } catch (PortTakenException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (ClusterStartException e) {
            throw new ClusterFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private Cluster start(JobLife job, ClusterOptions options) {
        try {
            WorkflowOptions.Checkpoint own = options.checkpoint();
            IgniteCluster cluster = IgniteCluster.start(job.claim(options), job::nodeLost);
            job.runs(cluster);
            return new Running(cluster, new Checkpoints(own == null ? job.checkpoint() : own), notes);
        } catch (ClusterStartException e) {
            throw new ClusterFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the options come to on a machine with so many processors. */
    static IgniteClusterOptions wanted(ClusterOptions options, int processors) {
        int nodes = options.nodes();
        int slots = options.slots() == 0 ? Math.max(1, processors / nodes) : options.slots();
        try {
            return IgniteClusterOptions.of(nodes, slots)
                    .withMemory(options.memoryBytes())
                    .withPort(options.port());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private record Running(IgniteCluster cluster, Checkpoints checkpoints, Consumer<String> notes) implements Cluster {

        @Override
        public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar) {
            return open(code, jar, WorkflowOptions.usual());
        }

        @Override
        public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar, WorkflowOptions wish) {
            try {
                return cluster.open(code, jar, checkpoints.next(wish), notes);
            } catch (FolderInUseException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public ObjectAccess objects() {
            return cluster.objects();
        }

        @Override
        public WorkflowHost host() {
            return new IgniteHost(cluster, Version.ofKiln());
        }

        @Override
        public String status(Instant began) {
            Duration up = Duration.between(began, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
            var text = new StringBuilder(
                    "up for " + up.toString().substring(2).toLowerCase(Locale.ROOT) + ", logs in " + cluster.folder());
            int workflows = new IgniteHost(cluster, Version.ofKiln()).workflows();
            text.append("\n").append(workflows).append(workflows == 1 ? " workflow is open" : " workflows are open");
            for (NodeInfo node : cluster.nodes()) {
                text.append("\n")
                        .append(node.name())
                        .append(": ")
                        .append(node.slots())
                        .append(" slots");
            }
            return text.toString();
        }

        @Override
        public String scale(int change) {
            if (JobNode.ofThisJvm() != null) {
                throw new IllegalStateException("this cluster is a job: nodes join and leave it by `kiln scale JOB`");
            }
            return String.join("\n", cluster.scale(change));
        }

        @Override
        public Path folder() {
            return cluster.folder();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
