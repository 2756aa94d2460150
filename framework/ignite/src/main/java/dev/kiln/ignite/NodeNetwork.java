package dev.kiln.ignite;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens and where it finds node 0.
 *
 * @param address the one address it listens on, an IP address of this host
 * @param discoveryPort where it listens for nodes; unused with one founder
 * @param communicationPort where it listens for messages; unused with one founder
 * @param firstAddress the address of node 0
 * @param firstPort the discovery port of node 0
 * @param keys what it encrypts with, or null on loopback
 */
record NodeNetwork(
        String address,
        int discoveryPort,
        int communicationPort,
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

    static NodeNetwork loopback(int discoveryPort, int communicationPort, int firstPort) {
        return new NodeNetwork(LOOPBACK, discoveryPort, communicationPort, LOOPBACK, firstPort, null);
    }

    /** Whether there is a network at all: a cluster of one node that no other joins listens nowhere. */
    boolean listens() {
        return discoveryPort != 0;
    }

    /** The same for another node of the cluster. */
    NodeNetwork at(String otherAddress, int otherDiscoveryPort, int otherCommunicationPort) {
        return new NodeNetwork(otherAddress, otherDiscoveryPort, otherCommunicationPort, firstAddress, firstPort, keys);
    }

    /** The port that is taken, when one of the two is. */
    int takenPort() {
        return Ports.isFree(address, discoveryPort) ? communicationPort : discoveryPort;
    }
}
