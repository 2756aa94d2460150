package dev.kiln.ignite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports on loopback, two for each node. */
final class Ports {

    private Ports() {}

    /**
     * Consecutive ports.
     *
     * @throws PortTakenException when one is in use
     */
    static List<Integer> from(int first, int count) {
        List<Integer> ports = new ArrayList<>();
        for (int port = first; port < first + count; port++) {
            if (!isFree(port)) {
                throw new PortTakenException(port);
            }
            ports.add(port);
        }
        return ports;
    }

    /** Ports that nobody uses now. All are held until all are found, so they are different. */
    static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, loopback());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new ClusterStartException("no free port on loopback: " + e.getMessage(), e);
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
