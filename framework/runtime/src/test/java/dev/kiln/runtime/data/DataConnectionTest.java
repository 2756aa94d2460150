package dev.kiln.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DataConnectionTest {

    private static final byte[] SECRET = {1, 2, 3, 4};
    private static final int RANK = 7;

    private final ValueCodec codec = new ValueCodec(DataConnectionTest.class.getClassLoader());
    private final Map<Long, Object> values = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final InetSocketAddress address;
    private final Cable cable;

    /** Some of what a program would send. */
    record Block(
            String name,
            double[] rows,
            float[][] small,
            boolean[] flags,
            @Nullable Block next) {}

    DataConnectionTest() throws IOException {
        address = serve(new DataKeys(SECRET, null));
        cable = new Cable(address);
    }

    private InetSocketAddress serve(DataKeys keys) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        DataServer server = DataServer.open(new InetSocketAddress(loopback, 0), RANK, keys);
        open.add(server);
        server.serve((workflow, value, part) -> encoded(value));
        return new InetSocketAddress(loopback, server.port());
    }

    private @Nullable ByteSink encoded(long value) {
        asked.incrementAndGet();
        Object found = values.get(value);
        if (found instanceof RuntimeException e) {
            throw e;
        }
        return found == null ? null : codec.encodeInPlace(found);
    }

    private DataClient client(DataKeys keys) {
        var client = new DataClient(keys);
        open.add(client);
        return client;
    }

    private DataClient client() {
        return client(new DataKeys(SECRET, null));
    }

    private @Nullable Object get(DataClient client, InetSocketAddress at, long value) throws Exception {
        Payload got = client.fetch(RANK, at, 1, value, -1, codec).get(60, TimeUnit.SECONDS);
        return got == null ? null : ((Payload.Live) got).value();
    }

    @BeforeEach
    void some_values() {
        double[] large = new Random(1).doubles(300_001).toArray();
        values.put(1L, large);
        values.put(2L, new Block("b", large, new float[][] {{1, 2}, new float[70_001]}, new boolean[9_999], null));
    }

    @AfterEach
    void close() throws Exception {
        cable.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void values_of_all_sizes_come_as_they_were() throws Exception {
        DataClient client = client();
        for (int size : new int[] {0, 1, 63, 64, 511, 512, 513, 4_095, 32_767, 32_768, 32_769, 1 << 20}) {
            double[] sent = new Random(size).doubles(size).toArray();
            values.put(100L + size, sent);
            assertArrayEquals(sent, (double[]) get(client, address, 100L + size));
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            values.put(100L + size, bytes);
            assertArrayEquals(bytes, (byte[]) get(client, address, 100L + size));
            values.put(100L + size, "ü日".repeat(size));
            assertEquals("ü日".repeat(size), get(client, address, 100L + size));
            values.put(100L + size, "ü".repeat(size));
            assertEquals("ü".repeat(size), get(client, address, 100L + size));
        }
    }

    @Test
    void records_with_arrays_come_as_they_were_and_as_bytes_when_nobody_decodes() throws Exception {
        DataClient client = client();
        Block sent = (Block) values.get(2L);
        Block got = assertInstanceOf(Block.class, get(client, address, 2));
        assertArrayEquals(sent.rows, got.rows);
        assertTrue(Arrays.deepEquals(sent.small, got.small));
        assertArrayEquals(sent.flags, got.flags);
        var bytes =
                (Payload.Encoded) client.fetch(RANK, address, 1, 2, -1, null).get(60, TimeUnit.SECONDS);
        assertArrayEquals(codec.encode(sent), bytes.data());
    }

    @Test
    void many_fetches_share_a_few_connections() throws Exception {
        DataClient client = client();
        List<CompletableFuture<@Nullable Payload>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(client.fetch(RANK, cable.address(), 1, 1 + i % 2, -1, codec));
        }
        for (var each : all) {
            assertInstanceOf(Payload.Live.class, each.get(60, TimeUnit.SECONDS));
        }
        assertTrue(cable.calls.get() <= 4, cable.calls + " connections");
    }

    @Test
    void a_value_that_is_not_there_comes_as_null() throws Exception {
        assertNull(get(client(), address, 404));
    }

    @Test
    void why_a_value_cannot_be_sent_reaches_who_asked_and_the_connection_is_used_again() throws Exception {
        DataClient client = client();
        values.put(3L, new IllegalStateException("cannot encode Block.rows"));
        for (int i = 0; i < 5; i++) {
            var failure = assertThrows(ExecutionException.class, () -> get(client, cable.address(), 3));
            assertEquals("node-7: cannot encode Block.rows", failure.getCause().getMessage());
            assertInstanceOf(double[].class, get(client, cable.address(), 1));
        }
        assertTrue(cable.calls.get() <= 4);
    }

    @Test
    void a_connection_that_is_cut_within_a_value_is_replaced_once_and_then_the_fetch_fails() throws Exception {
        DataClient client = client();
        // The first is used before, so that it is the one that gets replaced.
        assertNull(get(client, cable.address(), 404));
        cable.cut();
        assertArrayEquals((double[]) values.get(1L), (double[]) get(client, cable.address(), 1));
        cable.cut();
        cable.cutAfter.set(1_000_000);
        cable.cuts.set(100);
        var failure = assertThrows(ExecutionException.class, () -> get(client, cable.address(), 1));
        assertInstanceOf(IOException.class, failure.getCause());
        cable.cuts.set(0);
        assertArrayEquals((double[]) values.get(1L), (double[]) get(client, cable.address(), 1));
    }

    @Test
    void a_node_that_is_not_there_is_told_from_one_that_breaks() throws Exception {
        DataClient client = client();
        cable.close();
        var failure = assertThrows(ExecutionException.class, () -> get(client, cable.address(), 1));
        assertInstanceOf(NoConnectionException.class, failure.getCause());
    }

    @Test
    void what_a_lost_node_owes_fails() throws Exception {
        var never = new CountDownLatch(1);
        DataClient client = client();
        DataServer silent = DataServer.open(new InetSocketAddress(address.getAddress(), 0), RANK, keys());
        open.add(silent);
        silent.serve((workflow, value, part) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        List<CompletableFuture<@Nullable Payload>> owed = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            owed.add(client.fetch(RANK, new InetSocketAddress(address.getAddress(), silent.port()), 1, 1, -1, codec));
        }
        client.nodeLost(RANK);
        for (var each : owed) {
            assertThrows(ExecutionException.class, () -> each.get(60, TimeUnit.SECONDS));
        }
        never.countDown();
    }

    private static DataKeys keys() {
        return new DataKeys(SECRET, null);
    }

    @Test
    void what_cannot_be_decoded_fails_as_such() throws Exception {
        DataServer other = DataServer.open(new InetSocketAddress(address.getAddress(), 0), RANK, keys());
        open.add(other);
        other.serve((workflow, value, part) -> {
            var out = new ByteSink();
            out.bytes(new byte[1_000_000]);
            return out;
        });
        var at = new InetSocketAddress(address.getAddress(), other.port());
        DataClient client = client();
        for (int i = 0; i < 3; i++) {
            var failure = assertThrows(ExecutionException.class, () -> get(client, at, 1));
            assertInstanceOf(CorruptDataException.class, failure.getCause());
        }
    }

    @Test
    void strangers_are_hung_up_on_before_anything_is_asked() throws Exception {
        // Another secret; the right one for another node, as by who took a lost node's port and passes proofs on.
        var wrong = client(new DataKeys(new byte[] {9}, null));
        var failure = assertThrows(ExecutionException.class, () -> get(wrong, address, 1));
        assertInstanceOf(NoConnectionException.class, failure.getCause());
        var misled = client();
        var refused = assertThrows(
                ExecutionException.class,
                () -> misled.fetch(RANK + 1, address, 1, 1, -1, codec).get(60, TimeUnit.SECONDS));
        assertInstanceOf(NoConnectionException.class, refused.getCause());
        for (String sent : List.of("GET / HTTP/1.1\r\n\r\n" + " ".repeat(200), "KLN\u0001" + "x".repeat(2_000))) {
            try (var socket = new Socket(address.getAddress(), address.getPort())) {
                socket.getOutputStream().write(sent.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                assertTrue(ends(socket.getInputStream()));
            }
        }
        assertEquals(0, asked.get());
        assertInstanceOf(double[].class, get(client(), address, 1));
    }

    private static boolean ends(InputStream in) {
        try {
            // No more than the called node's nonce and proof.
            return in.readNBytes(1_000).length <= 64;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void with_tls_values_come_as_they_were_and_a_caller_needs_the_certificate(@TempDir Path folder) throws Exception {
        SSLContext ours = tls(folder.resolve("ours.p12"));
        InetSocketAddress at = serve(new DataKeys(SECRET, ours));
        DataClient client = client(new DataKeys(SECRET, ours));
        for (int i = 0; i < 3; i++) {
            assertArrayEquals((double[]) values.get(1L), (double[]) get(client, at, 1));
        }
        int before = asked.get();
        for (DataKeys strange : List.of(new DataKeys(SECRET, tls(folder.resolve("other.p12"))), keys())) {
            var failure = assertThrows(ExecutionException.class, () -> get(client(strange), at, 1));
            assertInstanceOf(NoConnectionException.class, failure.getCause());
        }
        assertEquals(before, asked.get());
    }

    private static SSLContext tls(Path file) throws Exception {
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "kiln",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=kiln",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "secret")
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertEquals(0, made.waitFor());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "secret".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, "secret".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
