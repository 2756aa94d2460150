package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.UsageException;
import dev.kiln.ignite.ClusterStartException;
import dev.kiln.ignite.IgniteCluster;
import dev.kiln.ignite.IgniteClusterOptions;
import dev.kiln.ignite.PortTakenException;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Clusters of Ignite nodes: one in this JVM and the further ones each in a JVM of its own. */
final class IgniteClusters implements Clusters {

    @Override
    public Cluster start(ClusterOptions options) {
        IgniteClusterOptions wanted = wanted(options, Runtime.getRuntime().availableProcessors());
        try {
            return new Running(IgniteCluster.start(wanted));
        } catch (PortTakenException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
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

    private record Running(IgniteCluster cluster) implements Cluster {

        @Override
        public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar) {
            return cluster.open(code, jar);
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
