package dev.kiln.runtime.remote;

import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.driver.Driver;
import dev.kiln.runtime.driver.DriverOptions;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that runs elsewhere, on which this JVM drives workflows. The driver is here, each workflow has a connection
 * of its own, and the cluster forgets a workflow whose connection ends. Thread-safe.
 */
public final class RemoteCluster implements AutoCloseable {

    private final Contact contact;
    private final String version;
    private final RemoteAccess objects;
    /** The connection that showed that the cluster is there; for the first workflow. */
    private final AtomicReference<@Nullable RemoteLink> first = new AtomicReference<>();

    private final AtomicReference<@Nullable String> lost = new AtomicReference<>();

    private RemoteCluster(Contact contact, String version) {
        this.contact = contact;
        this.version = version;
        this.objects = RemoteAccess.later(contact);
    }

    /**
     * Connects.
     *
     * @param version of Kiln, which must be that of the cluster
     * @throws IOException when nobody listens there, or refuses; one line that says what to do
     */
    public static RemoteCluster connect(Contact contact, String version) throws IOException {
        var cluster = new RemoteCluster(contact, version);
        cluster.first.set(cluster.link());
        return cluster;
    }

    private RemoteLink link() throws IOException {
        return RemoteLink.open(contact, version, objects, why -> lost.compareAndSet(null, why));
    }

    /**
     * Opens a workflow.
     *
     * @param code the program's class loader in this JVM
     * @param jar what it loads from; null for what the nodes have on their class path
     * @param notes is told, in one line each, what users should know
     * @throws IllegalStateException when the cluster is gone or the checkpoint folder cannot be used
     */
    public WorkflowBackend open(
            ClassLoader code, @Nullable UserCode jar, WorkflowOptions wish, Consumer<String> notes) {
        try {
            RemoteLink ready = first.getAndSet(null);
            RemoteLink link = ready == null ? link() : ready;
            try {
                if (jar != null) {
                    link.bring(jar);
                }
                return Driver.open(
                        link,
                        jar == null ? UserCode.OWN_CLASS_PATH : jar.id(),
                        code,
                        DriverOptions.remote(link.founders()).with(wish).withNotes(notes));
            } catch (IOException | RuntimeException | Error e) {
                link.detach(0);
                throw e;
            }
        } catch (IOException e) {
            lost.compareAndSet(null, e.getMessage());
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Why the cluster is gone for a workflow that was open, or could not be opened; null when nothing of the sort was. */
    public @Nullable String lost() {
        return lost.get();
    }

    /** Workflows that are open stay so. */
    @Override
    public void close() {
        RemoteLink unused = first.getAndSet(null);
        if (unused != null) {
            unused.detach(0);
        }
        objects.close();
    }
}
