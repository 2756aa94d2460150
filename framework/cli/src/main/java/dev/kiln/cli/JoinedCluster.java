package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.ignite.ClusterStartException;
import dev.kiln.ignite.RunFolder;
import dev.kiln.runtime.checkpoint.FolderInUseException;
import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.remote.RemoteCluster;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster that runs already, and goes on when this command has ended. The program itself runs in this JVM. */
final class JoinedCluster implements Clusters.Cluster {

    private final RemoteCluster cluster;
    private final RunFolder folder;
    private final Checkpoints checkpoints;
    private final Consumer<String> notes;
    private final Thread hook;

    private JoinedCluster(RemoteCluster cluster, RunFolder folder, Checkpoints checkpoints, Consumer<String> notes) {
        this.cluster = cluster;
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.notes = notes;
        this.hook = new Thread(folder::close, "kiln-shutdown");
    }

    /**
     * Connects.
     *
     * @param notes is told, in one line each, what users should know of their workflows
     * @throws ClusterFailedException when the cluster cannot be reached, or refuses
     */
    static JoinedCluster connect(RunningCluster where, Checkpoints checkpoints, Consumer<String> notes) {
        try {
            RemoteCluster cluster = RemoteCluster.connect(Remote.contact(where), Version.ofKiln());
            var folder = RunFolder.create(Path.of(System.getProperty("java.io.tmpdir")), Instant.now());
            var joined = new JoinedCluster(cluster, folder, checkpoints, notes);
            Runtime.getRuntime().addShutdownHook(joined.hook);
            return joined;
        } catch (IOException | ClusterStartException e) {
            throw new ClusterFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar) {
        return open(code, jar, WorkflowOptions.usual());
    }

    @Override
    public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar, WorkflowOptions wish) {
        try {
            return cluster.open(code, jar == null ? null : UserCode.of(jar), checkpoints.next(wish), notes);
        } catch (FolderInUseException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public @Nullable String lost() {
        return cluster.lost();
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    @Override
    public void close() {
        cluster.close();
        folder.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook finds nothing to remove.
        }
    }
}
