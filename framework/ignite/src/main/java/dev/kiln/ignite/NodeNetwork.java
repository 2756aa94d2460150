package dev.kiln.ignite;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens and where it finds node 0.
 *
 * @param address the one address it listens on, an IP address of this host
 * @param discoveryPort where it listens for nodes; unused with one founder
 * @param communicationPort where it listens for messages; unused with one founder
 * @param dataPort where other nodes fetch values; unused with one founder
 * @param firstAddress the address of node 0
 * @param firstPort the discovery port of node 0
 * @param keys what it encrypts with, or null on loopback
 */
record NodeNetwork(
        String address,
        int discoveryPort,
        int communicationPort,
        int dataPort,
        String firstAddress,
        int firstPort,
        @Nullable Keys keys) {

    static final String LOOPBACK = "127.0.0.1";

    /**
     * The key and the certificate that all nodes of a cluster share and trust, in one file of PKCS #12 that only its
     * owner can read.
     */
    record Keys(Path file, String password) {
        @Override
        public String toString() {
            return "Keys[" + file + "]";
        }
    }

    /** How many ports a node listens on. */
    static final int PORTS = 3;

    /** A node that listens nowhere and looks for nobody. */
    static NodeNetwork none() {
        return loopback(List.of(0, 0, 0), 0);
    }

    /** On loopback, with its ports in the order of the components above. */
    static NodeNetwork loopback(List<Integer> ports, int firstPort) {
        return new NodeNetwork(LOOPBACK, ports.get(0), ports.get(1), ports.get(2), LOOPBACK, firstPort, null);
    }

    /** Node 0 of a cluster with hosts of its own. */
    static NodeNetwork first(String address, List<Integer> ports, @Nullable Keys keys) {
        return new NodeNetwork(address, ports.get(0), ports.get(1), ports.get(2), address, ports.get(0), keys);
    }

    /** Whether there is a network at all: a cluster of one node that no other joins listens nowhere. */
    boolean listens() {
        return discoveryPort != 0;
    }

    /** The same for another node of the cluster. */
    NodeNetwork at(String otherAddress, List<Integer> ports) {
        return new NodeNetwork(otherAddress, ports.get(0), ports.get(1), ports.get(2), firstAddress, firstPort, keys);
    }

    /** The port that is taken, when one of the three is. */
    int takenPort() {
        if (!Ports.isFree(address, discoveryPort)) {
            return discoveryPort;
        }
        return Ports.isFree(address, communicationPort) ? dataPort : communicationPort;
    }
}
