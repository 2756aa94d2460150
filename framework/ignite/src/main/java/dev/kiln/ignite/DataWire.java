package dev.kiln.ignite;

import dev.kiln.runtime.cluster.NodeEndpoint;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.data.DataClient;
import dev.kiln.runtime.data.DataKeys;
import dev.kiln.runtime.data.DataServer;
import dev.kiln.runtime.data.NoConnectionException;
import dev.kiln.runtime.wire.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A node's own connections for values, beside Ignite's for messages: it listens at the address that Ignite listens at and
 * tells the others its port as an attribute of the node. Where a connection cannot be made, values come by message.
 * Thread-safe. A cluster of one node has none.
 */
final class DataWire implements AutoCloseable {

    /** The attribute: where a node listens. */
    static final String ADDRESS = "kiln.data";

    private final NodeSettings settings;
    private final DataServer server;
    private final DataClient client;
    private @Nullable ObjectName bean;

    private DataWire(NodeSettings settings, DataServer server, DataClient client) {
        this.settings = settings;
        this.server = server;
        this.client = client;
    }

    /** What monitoring sees of it. */
    public interface SentMXBean {

        /** Bytes of values sent so far. */
        long getSentBytesCount();
    }

    static String address(NodeSettings node) {
        return node.network().address() + ":" + node.network().dataPort();
    }

    /**
     * Listens; null where the node does not.
     *
     * @throws UncheckedIOException when the port is taken
     */
    static @Nullable DataWire open(NodeSettings node) {
        if (!node.network().listens()) {
            return null;
        }
        try {
            var keys =
                    new DataKeys(node.token().dataSecret(), tls(node.network().keys()));
            var at = new InetSocketAddress(
                    node.network().address(), node.network().dataPort());
            return new DataWire(node, DataServer.open(at, node.rank(), keys), new DataClient(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable SSLContext tls(NodeNetwork.@Nullable Keys keys) throws IOException {
        if (keys == null) {
            return null;
        }
        char[] password = keys.password().toCharArray();
        try (InputStream file = Files.newInputStream(keys.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, password);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(store, password);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of the job's nodes cannot be used: " + e.getMessage(), e);
        }
    }

    /** Answers other nodes from now on. */
    void serve(NodeEndpoint endpoint) {
        server.serve(endpoint::encoded);
        try {
            SentMXBean counter = server::sentBytes;
            bean = ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            new javax.management.StandardMBean(counter, SentMXBean.class, true),
                            new ObjectName("dev.kiln:name=Data,instance=" + settings.instanceName()))
                    .getObjectName();
        } catch (JMException e) {
            // Then nobody sees how much is sent.
            bean = null;
        }
    }

    /**
     * Fetches a value from another node.
     *
     * @param codec as in {@link DataClient#fetch}
     * @param byMessage fetches it where there is no connection
     */
    CompletableFuture<@Nullable Payload> fetch(
            int from, Courier courier, Fetch value, @Nullable ValueCodec codec, ByMessage byMessage) {
        @Nullable String address = courier.attribute(from, ADDRESS);
        if (address == null) {
            return byMessage.fetch();
        }
        int colon = address.lastIndexOf(':');
        var at = new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        return client.fetch(from, at, value.workflow, value.value, value.part, codec)
                .exceptionallyCompose(problem -> {
                    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
                    return cause instanceof NoConnectionException
                            ? byMessage.fetch()
                            : CompletableFuture.failedFuture(problem);
                });
    }

    /** What is fetched. */
    record Fetch(long workflow, long value, int part) {}

    /** The other way. */
    interface ByMessage {
        CompletableFuture<@Nullable Payload> fetch();
    }

    /** Cuts the connections to a node that there are now. */
    void cut(int rank) {
        client.cut(rank);
    }

    void nodeLost(int rank) {
        client.nodeLost(rank);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        ObjectName registered = bean;
        if (registered != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
            } catch (JMException gone) {
                // As wanted.
                bean = null;
            }
        }
    }
}
