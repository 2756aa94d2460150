package dev.kiln.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection between two nodes whose ends have proved who they are. Plain ones pass bytes between the socket and
 * direct buffers; with TLS the buffers are arrays. One thread uses it at a time; any may close it.
 */
final class Line implements ByteChannel {

    /** How long proving may take. */
    private static final int HELLO_MILLIS = 5_000;

    private final SocketChannel channel;
    private final @Nullable InputStream in;
    private final @Nullable OutputStream out;

    private Line(SocketChannel channel, @Nullable InputStream in, @Nullable OutputStream out) {
        this.channel = channel;
        this.in = in;
        this.out = out;
    }

    /** Calls a node; waits for at most some seconds. */
    static Line call(InetSocketAddress to, DataKeys keys, int called, SecureRandom random) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(to, HELLO_MILLIS);
            return prove(channel, keys, called, random, true);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /** Lets a caller prove itself; waits for at most some seconds. */
    static Line answer(SocketChannel channel, DataKeys keys, int self, SecureRandom random) throws IOException {
        try {
            return prove(channel, keys, self, random, false);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static Line prove(SocketChannel channel, DataKeys keys, int called, SecureRandom random, boolean calls)
            throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Socket socket = channel.socket();
        socket.setSoTimeout(HELLO_MILLIS);
        Line line = new Line(channel, null, null);
        if (keys.tls() != null) {
            var ssl = (SSLSocket) keys.tls()
                    .getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            ssl.setUseClientMode(calls);
            if (!calls) {
                ssl.setNeedClientAuth(true);
            }
            ssl.startHandshake();
            socket = ssl;
            line = new Line(channel, ssl.getInputStream(), ssl.getOutputStream());
        }
        InputStream from = socket.getInputStream();
        OutputStream to = socket.getOutputStream();
        if (calls) {
            Handshake.call(from, to, keys.secret(), called, random);
        } else {
            Handshake.answer(from, to, keys.secret(), called, random);
        }
        socket.setSoTimeout(0);
        return line;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        InputStream encrypted = in;
        if (encrypted == null) {
            return channel.read(into);
        }
        int count = encrypted.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        into.position(into.position() + Math.max(count, 0));
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        OutputStream encrypted = out;
        if (encrypted == null) {
            return channel.write(from);
        }
        int count = from.remaining();
        encrypted.write(from.array(), from.arrayOffset() + from.position(), count);
        from.position(from.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the socket itself: TLS would wait for the other end to say that it has heard. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
