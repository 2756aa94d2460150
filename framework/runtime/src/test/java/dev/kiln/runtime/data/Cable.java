package dev.kiln.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between two nodes, passes bytes on, and can be cut while it does. */
final class Cable implements AutoCloseable {

    private final ServerSocket here;
    private final InetSocketAddress there;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    /** How many bytes towards the caller a connection passes on before it is cut. */
    final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    /** How many connections are cut that way; the others are left alone. */
    final AtomicInteger cuts = new AtomicInteger();

    final AtomicInteger calls = new AtomicInteger();

    Cable(InetSocketAddress there) throws IOException {
        this.there = there;
        here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(here.getInetAddress(), here.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = here.accept();
                calls.incrementAndGet();
                Socket called = new Socket(there.getAddress(), there.getPort());
                sockets.add(caller);
                sockets.add(called);
                Thread.ofPlatform().daemon().start(() -> pass(caller, called, Long.MAX_VALUE));
                long most = cuts.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? cutAfter.get() : Long.MAX_VALUE;
                Thread.ofPlatform().daemon().start(() -> pass(called, caller, most));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private static void pass(Socket from, Socket to, long most) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[1 << 16];
            long passed = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                out.write(piece, 0, (int) Math.min(n, most - passed));
                passed += n;
                if (passed >= most) {
                    return;
                }
            }
        } catch (IOException e) {
            // One end is gone, and so is the other.
            return;
        }
    }

    /** Cuts every connection there is. */
    void cut() {
        for (Socket each : sockets) {
            try {
                each.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        here.close();
        cut();
    }
}
