package dev.kiln.client;

import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.objects.ObjectClient;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteAccess;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.ObjectBuilder;
import dev.kiln.tasks.ObjectInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A connection to a running cluster, for a program that has the interfaces of its active objects and nothing else.
 *
 * {@snippet :
 * try (var kiln = KilnClient.connect(Path.of("cluster.token"))) {
 *     Forecaster pump = kiln.object(Forecaster.class).named("pump-7").stub();
 *     Forecast next = pump.predict(window);
 * }
 * }
 *
 * <p>A connection that breaks is made again. Calls that only read, and those declared idempotent, are then sent again;
 * of any other under way the caller is told that its outcome is not known. Thread-safe; closing fails what waits.
 */
public final class KilnClient implements AutoCloseable {

    private final RemoteAccess access;
    private final ObjectClient objects;

    private KilnClient(RemoteAccess access, ClassLoader loader) {
        this.access = access;
        this.objects = new ObjectClient(access, loader, UserCode.OWN_CLASS_PATH);
    }

    /**
     * Connects to the cluster of a token file, which {@code kiln cluster start} writes.
     *
     * @throws IOException when there is no such file, nobody listens, or the cluster refuses; one line
     */
    public static KilnClient connect(Path tokenFile) throws IOException {
        return connect(Contact.read(tokenFile));
    }

    /** The same, at another address than the file says, {@code HOST:PORT}, such as the end of a tunnel. */
    public static KilnClient connect(String address, Path tokenFile) throws IOException {
        return connect(Contact.read(tokenFile).at(address));
    }

    private static KilnClient connect(Contact contact) throws IOException {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        return new KilnClient(RemoteAccess.connect(contact), own == null ? KilnClient.class.getClassLoader() : own);
    }

    /** Creates an active object, or finds one. */
    public <T> ObjectBuilder<T> object(Class<T> type) {
        return new ObjectBuilder<>(objects, type);
    }

    /** The active objects that there are, in the order of their names. */
    public List<ObjectInfo> objects() {
        return objects.list();
    }

    /** Makes the implementations in a jar known to all nodes, beside those that they know; returns what is in it. */
    public String deploy(Path jar) throws IOException {
        String name = String.valueOf(jar.getFileName());
        ObjectReply reply = access.ask(new ObjectRequest.Deploy(name, Files.readAllBytes(jar)))
                .join();
        return switch (reply) {
            case ObjectReply.Text(String found) -> found;
            case ObjectReply.Failed failed ->
                throw new ActiveObjectException(
                        failed.problem().reason(), failed.problem().message());
            default -> throw new ActiveObjectException(Reason.FAILED, "unexpected: " + reply);
        };
    }

    @Override
    public void close() {
        access.close();
    }
}
