package dev.kiln.runtime.remote;

import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Where clients come in: TLS with the cluster's own certificate, then a token. Each connection has a thread that reads
 * and one that writes, so that a client which does not read holds up nobody else. Thread-safe.
 */
public final class Gateway implements AutoCloseable {

    private static final int HELLO_MILLIS = 10_000;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final ObjectAccess objects;
    private final Control control;
    private final ServerSocket server;
    private final String token;
    private final String certificate;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor =
            Thread.ofPlatform().daemon().name("kiln-gateway").unstarted(this::accept);
    private volatile boolean closed;

    /** What a client can ask of the cluster as a whole. */
    public interface Control {

        /** How it is, in lines for people. */
        String status();

        /** Stop; returns at once. */
        void stop();

        /**
         * Have so many nodes join, or leave where that is negative; waits for it.
         *
         * @return what happened, in lines for people
         * @throws IllegalStateException when it cannot be done, with the reason
         */
        default String scale(int change) {
            throw new IllegalStateException("this cluster has the nodes that it began with");
        }

        /** Where programs run that are driven from outside; null where there are to be none. */
        default @Nullable WorkflowHost workflows() {
            return null;
        }
    }

    private Gateway(ObjectAccess objects, Control control, ServerSocket server, String token, String certificate) {
        this.objects = objects;
        this.control = control;
        this.server = server;
        this.token = token;
        this.certificate = certificate;
    }

    /**
     * Opens a port on the loopback interface, with a new token and a new certificate.
     *
     * @param port 0 for any that is free
     */
    public static Gateway open(ObjectAccess objects, Control control, int port, Instant now) throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        SelfSigned identity = SelfSigned.create(now);
        var server = (SSLServerSocket)
                identity.serverContext().getServerSocketFactory().createServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        var gateway = new Gateway(objects, control, server, HexFormat.of().formatHex(secret), identity.fingerprint());
        gateway.acceptor.start();
        return gateway;
    }

    /** How to reach it. */
    public Contact contact() {
        return new Contact(
                InetAddress.getLoopbackAddress().getHostAddress(),
                server.getLocalPort(),
                token,
                certificate,
                ProcessHandle.current().pid());
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                if (closed || connections.size() >= MOST_CONNECTIONS) {
                    socket.close();
                    continue;
                }
                var connection = new Connection(socket);
                connections.add(connection);
                Thread.ofPlatform().daemon().name("kiln-client-reader").start(connection::read);
            } catch (IOException e) {
                // This one did not come to be; the next may.
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            // Then nobody listens any more either.
        }
        try {
            // The port is free, and nobody comes in any more, only when the system has left its wait.
            acceptor.join(LONGEST_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Connection::close);
    }

    /** One client. */
    private final class Connection {

        private final Socket socket;
        private final BlockingQueue<byte[]> replies = new LinkedBlockingQueue<>();
        private volatile @Nullable Thread writer;

        Connection(Socket socket) {
            this.socket = socket;
        }

        void read() {
            try (socket) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(HELLO_MILLIS);
                var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
                var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
                String refused = Frames.refused(Frames.read(in, Frames.LONGEST_HELLO), token);
                Frames.write(out, refused.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.flush();
                if (!refused.isEmpty()) {
                    return;
                }
                socket.setSoTimeout(0);
                byte[] first = Frames.read(in, Frames.LONGEST);
                if (Frames.isWorkflow(first)) {
                    workflow(new Dial(socket, in, out));
                    return;
                }
                writer = Thread.ofPlatform().daemon().name("kiln-client-writer").start(() -> write(out));
                request(first);
                while (!closed) {
                    request(Frames.read(in, Frames.LONGEST));
                }
            } catch (IOException | CorruptDataException e) {
                // The client is gone, or is none.
            } finally {
                close();
            }
        }

        private void workflow(Dial connection) throws IOException {
            WorkflowHost host = control.workflows();
            if (host != null) {
                HostedWorkflow.serve(host, connection);
                return;
            }
            ByteSink refused =
                    WorkflowFrames.frame(WorkflowFrames.REFUSED, "this cluster runs no programs from outside");
            Frames.write(connection.out(), refused.toBytes());
            connection.out().flush();
        }

        private void request(byte[] frame) {
            var in = new ByteSource(frame);
            long number = in.i64();
            int what = in.u8();
            switch (what) {
                case Frames.OBJECTS -> {
                    ObjectRequest asked = RequestWire.readRequest(in);
                    WorkflowHost host = control.workflows();
                    if (asked instanceof ObjectRequest.Create create && host != null) {
                        host.keep(create.code());
                    }
                    var _ = objects.ask(asked).thenAccept(reply -> reply(number, reply));
                }
                case Frames.STATUS -> reply(number, new ObjectReply.Text(control.status()));
                case Frames.STOP -> {
                    reply(number, new ObjectReply.Done());
                    control.stop();
                }
                case Frames.SCALE -> {
                    int change = in.i32();
                    Thread.ofVirtual().name("kiln-scale").start(() -> reply(number, scaled(change)));
                }
                default -> throw in.corrupt("the unknown frame " + what);
            }
        }

        private ObjectReply scaled(int change) {
            try {
                return new ObjectReply.Text(control.scale(change));
            } catch (RuntimeException e) {
                return new ObjectReply.Failed(new Problem(Reason.FAILED, String.valueOf(e.getMessage())));
            }
        }

        private void reply(long number, ObjectReply reply) {
            var out = new ByteSink();
            out.i64(number);
            RequestWire.write(reply, out);
            replies.add(out.toBytes());
        }

        private void write(DataOutputStream out) {
            try {
                while (true) {
                    byte[] next = replies.poll();
                    if (next == null) {
                        out.flush();
                        next = replies.take();
                    }
                    Frames.write(out, next);
                }
            } catch (IOException | InterruptedException e) {
                close();
            }
        }

        void close() {
            connections.remove(this);
            Thread writing = writer;
            if (writing != null) {
                writing.interrupt();
            }
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone in any case.
            }
        }
    }
}
