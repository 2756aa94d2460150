package dev.kiln.client;

import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.Ledger;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.Ref;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client and a cluster in one JVM, with TLS between them. */
@Timeout(180)
class KilnClientTest {

    @TempDir
    private Path folder;

    private LocalCluster cluster;
    private Gateway gateway;
    private Path token;

    @BeforeEach
    void open() throws IOException {
        cluster = LocalCluster.start(2, 2);
        gateway = Gateway.open(cluster.objects(), new NoControl(), 0, Instant.now());
        token = folder.resolve("token");
        gateway.contact().write(token);
    }

    @AfterEach
    void close() {
        gateway.close();
        cluster.close();
    }

    private record NoControl() implements Gateway.Control {
        @Override
        public String status() {
            return "up";
        }

        @Override
        public void stop() {}
    }

    @Test
    void a_client_creates_finds_calls_and_deletes() throws Exception {
        try (var kiln = KilnClient.connect(token);
                var other = KilnClient.connect(token)) {
            ActiveObject<Ledger> ledger =
                    kiln.object(Ledger.class).as("far").backups(1).create(1);
            for (int i = 2; i <= 100; i++) {
                ledger.update(Ledger::add).submit(value(i));
            }
            Ref<Ledger.Totals> totals = ledger.task(Ledger::totals).submit();
            assertEquals(new Ledger.Totals(100, 5050), totals.get());
            Ledger plain = other.object(Ledger.class).named("far").stub();
            assertEquals(100, plain.size());
            assertThrows(Ledger.LedgerException.class, () -> plain.spoil("over there"));
            byte[] large = new byte[5 << 20];
            new java.util.Random(1).nextBytes(large);
            assertArrayEquals(large, plain.echo(large));
            assertEquals("far", other.objects().getFirst().alias());
            ledger.delete();
            var gone = assertThrows(ActiveObjectException.class, plain::size);
            assertEquals(Reason.DELETED, gone.reason());
        }
    }

    @Test
    void the_token_file_is_its_owners_alone() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
    }

    @Test
    void who_has_the_wrong_token_certificate_or_address_is_told_so() throws Exception {
        Contact right = Contact.read(token);
        refused("wrong token", new Contact(right.host(), right.port(), "0".repeat(64), right.certificate(), 0));
        refused("certificate is not that of", new Contact(right.host(), right.port(), right.token(), "00", 0));
        gateway.close();
        refused("nobody listens at", right);
        refused("there is no token file", folder.resolve("none"));
        Files.writeString(folder.resolve("other"), "hello");
        refused("is no token file", folder.resolve("other"));
    }

    private void refused(String why, Contact contact) throws IOException {
        Path file = folder.resolve("wrong");
        contact.write(file);
        refused(why, file);
    }

    private static void refused(String why, Path file) {
        var e = assertThrows(IOException.class, () -> KilnClient.connect(file));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void a_stranger_who_says_nothing_sensible_is_hung_up_on() throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.contact().port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            while (socket.getInputStream().read() >= 0) {
                // an alert of TLS
            }
        } catch (SocketException reset) {
            // Hung up on before all was read that it had said.
        }
        try (var kiln = KilnClient.connect(token)) {
            assertEquals(List.of(), kiln.objects());
        }
    }

    @Test
    void a_broken_connection_is_made_again_and_an_update_under_way_is_not_repeated() throws Exception {
        try (var relay = new Relay(gateway.contact().port());
                var kiln = KilnClient.connect("127.0.0.1:" + relay.port(), token)) {
            ActiveObject<Ledger> ledger = kiln.object(Ledger.class).create();
            String go = folder.resolve("go").toString();
            Ref<Void> slow = ledger.update(Ledger::addWhen).submit(value(go), value(7));
            Ref<String> read = kiln.object(Ledger.class)
                    .named(ledger.alias())
                    .task(Ledger::meet)
                    .submit(value(folder.resolve("a").toString()), value(go));
            Eventually.until(() -> ledger.info().calls() >= 0);
            relay.cut();
            var unknown = assertThrows(ActiveObjectException.class, slow::get);
            assertEquals(Reason.OUTCOME_UNKNOWN, unknown.reason(), unknown.getMessage());
            Files.writeString(Path.of(go), "");
            assertEquals(folder.resolve("a").toString(), read.get());
            Eventually.until(() -> ledger.stub().numbers().equals(List.of(7)));
        }
    }

    @Test
    void a_cluster_that_went_away_is_told_of_and_nothing_hangs() throws Exception {
        try (var kiln = KilnClient.connect(token)) {
            ActiveObject<Ledger> ledger = kiln.object(Ledger.class).create();
            gateway.close();
            var gone = assertThrows(
                    ActiveObjectException.class,
                    () -> ledger.timeout(java.time.Duration.ofMillis(300))
                            .stub()
                            .size());
            assertEquals(Reason.UNREACHABLE, gone.reason(), gone.getMessage());
        }
    }

    /** Passes bytes on, until it is cut. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        Relay(int to) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket in = server.accept();
                        var out = new Socket(InetAddress.getLoopbackAddress(), to);
                        sockets.add(in);
                        sockets.add(out);
                        pump(in, out);
                        pump(out, in);
                    }
                } catch (IOException closed) {
                    // the end of the test
                }
            });
        }

        private static void pump(Socket from, Socket to) {
            Thread.ofVirtual().start(() -> {
                try (from;
                        to) {
                    from.getInputStream().transferTo(to.getOutputStream());
                } catch (IOException cut) {
                    // as wanted
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        void cut() throws IOException {
            for (Socket each : sockets) {
                each.close();
            }
            sockets.clear();
        }

        @Override
        public void close() throws IOException {
            cut();
            server.close();
        }
    }
}
