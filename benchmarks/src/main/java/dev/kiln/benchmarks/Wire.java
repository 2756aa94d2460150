package dev.kiln.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** What plain TCP takes on this machine's loopback, to compare with: two threads that send each other bytes. */
final class Wire implements AutoCloseable {

    private static final int BUFFER = 256 << 10;
    private static final int WARM_UP = 2_000;

    private final Socket socket;
    private final Thread other;
    private final LongSupplier nanos;

    /** Connects; close it to end the other thread. */
    Wire(LongSupplier nanos) {
        this.nanos = nanos;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket = new Socket(server.getInetAddress(), server.getLocalPort());
            socket.setTcpNoDelay(true);
            Socket far = server.accept();
            far.setTcpNoDelay(true);
            other = Thread.ofPlatform().daemon().name("bench-wire").start(() -> answer(far));
        } catch (IOException e) {
            throw new UncheckedIOException("no connection over loopback: " + e.getMessage(), e);
        }
    }

    /** Answers each message, which is its length and so many bytes, by one byte. */
    private static void answer(Socket far) {
        try (far;
                var in = new DataInputStream(far.getInputStream())) {
            byte[] buffer = new byte[BUFFER];
            while (true) {
                long left = in.readLong();
                while (left > 0) {
                    int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    if (read < 0) {
                        return;
                    }
                    left -= read;
                }
                far.getOutputStream().write(1);
            }
        } catch (IOException closed) {
            // The end of it.
            return;
        }
    }

    /** The median time, in seconds, of a small message and its answer. */
    double pingPong(int times) {
        long[] took = new long[times];
        for (int i = -WARM_UP; i < times; i++) {
            long each = send(8);
            if (i >= 0) {
                took[i] = each;
            }
        }
        Arrays.sort(took);
        return took[times / 2] / 1e9;
    }

    /** The median time, in seconds, of so many bytes and the answer to them. */
    double transfer(long bytes, int times) {
        long[] took = new long[times];
        for (int i = 0; i < times; i++) {
            took[i] = send(bytes);
        }
        Arrays.sort(took);
        return took[times / 2] / 1e9;
    }

    private long send(long bytes) {
        byte[] chunk = new byte[(int) Math.min(bytes + 8, BUFFER)];
        try {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            java.nio.ByteBuffer.wrap(chunk).putLong(bytes);
            long start = nanos.getAsLong();
            for (long left = bytes + 8; left > 0; left -= chunk.length) {
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
            if (in.read() != 1) {
                throw new IOException("no answer");
            }
            return nanos.getAsLong() - start;
        } catch (IOException e) {
            throw new UncheckedIOException("loopback failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("loopback failed: " + e.getMessage(), e);
        }
        other.interrupt();
    }
}
