package dev.kiln.ignite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports of a cluster, {@link NodeNetwork#PORTS} for each node: on loopback, or on the address of a job's host. */
final class Ports {

    private static final int LOWEST = 20_000;

    /** From here on Linux gives ports to outgoing connections, so that one may be taken at any time. */
    private static final int EPHEMERAL = 32_768;

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

    /**
     * Ports of loopback that nobody uses now, below those that the system gives to outgoing connections: a node binds its
     * ports a while after they were chosen, and has connected to others before.
     */
    static List<Integer> free(int count) {
        int all = EPHEMERAL - LOWEST;
        int first = ThreadLocalRandom.current().nextInt(all);
        List<Integer> ports = IntStream.range(0, all)
                .map(i -> LOWEST + (first + i) % all)
                .filter(Ports::isFree)
                .limit(count)
                .boxed()
                .toList();
        if (ports.size() < count) {
            throw new ClusterStartException(
                    "no " + count + " ports from " + LOWEST + " to " + (EPHEMERAL - 1) + " are free on loopback");
        }
        return ports;
    }

    /**
     * The free ports of one node on an address, the first from {@code first} on, below those that the system gives to
     * outgoing connections.
     *
     * @throws ClusterStartException when there are none, since all are taken or the address is none of this host's
     */
    static List<Integer> row(String address, int first) {
        int count = NodeNetwork.PORTS;
        for (int i = 0; i < (EPHEMERAL - LOWEST) / count; i++) {
            int port = LOWEST + Math.floorMod(first - LOWEST + count * i, EPHEMERAL - LOWEST - count + 1);
            List<Integer> row = IntStream.range(port, port + count).boxed().toList();
            if (row.stream().allMatch(each -> isFree(address, each))) {
                return row;
            }
        }
        throw new ClusterStartException("no " + count + " ports in a row from " + LOWEST + " to " + (EPHEMERAL - 1)
                + " are free on " + address);
    }

    static boolean isFree(int port) {
        return isFree(NodeNetwork.LOOPBACK, port);
    }

    static boolean isFree(String address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
