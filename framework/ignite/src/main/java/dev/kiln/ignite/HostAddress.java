package dev.kiln.ignite;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the address of this host that a node is to listen on. */
final class HostAddress {

    private HostAddress() {}

    /**
     * An IPv4 address of this host.
     *
     * @param known the host's name or address
     * @param network the name of an interface, or a range as {@code address/bits}, instead; or null
     * @throws ClusterStartException when this host has no such address
     */
    static String find(String known, @Nullable String network) {
        if (network != null) {
            return on(network);
        }
        try {
            InetAddress address = InetAddress.getByName(known);
            try (var probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(address, 0));
            }
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new ClusterStartException(
                    "the name of this host, " + known + ", has no address: choose a network with" + " --interface", e);
        } catch (IOException e) {
            throw new ClusterStartException(
                    known + " is no address of this host: choose a network with --interface; there are " + all(), e);
        }
    }

    private static String on(String network) {
        List<Local> locals = locals();
        Optional<Local> found = network.indexOf('/') < 0
                ? locals.stream().filter(l -> l.name().equals(network)).findFirst()
                : locals.stream().filter(l -> contains(network, l.address())).findFirst();
        return found.map(l -> l.address().getHostAddress())
                .orElseThrow(() -> new ClusterStartException(
                        "--interface " + network + ": this host has no address there; it has " + all()));
    }

    /** Whether a range such as {@code 10.1.0.0/16} holds an address. */
    static boolean contains(String range, InetAddress address) {
        int slash = range.indexOf('/');
        try {
            int bits = Integer.parseInt(range.substring(slash + 1));
            byte[] wanted = InetAddress.getByName(range.substring(0, slash)).getAddress();
            byte[] found = address.getAddress();
            if (bits < 0 || bits > 8 * wanted.length || wanted.length != found.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((wanted[bit >> 3] & mask) != (found[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }

    private static String all() {
        return locals().stream()
                .map(l -> l.name() + " " + l.address().getHostAddress())
                .collect(Collectors.joining(", "));
    }

    private record Local(String name, InetAddress address) {}

    private static List<Local> locals() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(i -> i.inetAddresses().map(a -> new Local(i.getName(), a)))
                    .filter(l -> l.address() instanceof Inet4Address)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
