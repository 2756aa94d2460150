package dev.kiln.ignite;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node has to know to start. A further node reads it from its standard input, as lines of {@code key=value}
 * that end with a line of one dot, since a command line can be read by everybody on the machine.
 *
 * @param run names the cluster
 * @param rank the node's number
 * @param founders how many nodes the cluster begins with
 * @param slots how many tasks it runs at once
 * @param memoryBytes its memory for blocks
 * @param network where it listens and whom it looks for
 * @param failureDetection see {@link IgniteClusterOptions#failureDetection}
 * @param token the secret of the cluster
 * @param home the run's own folder
 */
record NodeSettings(
        String run,
        int rank,
        int founders,
        int slots,
        long memoryBytes,
        NodeNetwork network,
        Duration failureDetection,
        ClusterToken token,
        Path home) {

    String name() {
        return "node-" + rank;
    }

    /** Unique in this JVM, which may run nodes of several clusters. */
    String instanceName() {
        return "kiln-" + run + "-" + rank;
    }

    Path workFolder() {
        return home.resolve(name());
    }

    /** The same for another node of the cluster. */
    NodeSettings as(int otherRank, NodeNetwork at, Path otherHome) {
        return new NodeSettings(run, otherRank, founders, slots, memoryBytes, at, failureDetection, token, otherHome);
    }

    /** The same with other resources. */
    NodeSettings with(int otherSlots, long otherMemory) {
        return new NodeSettings(run, rank, founders, otherSlots, otherMemory, network, failureDetection, token, home);
    }

    String toLines() {
        NodeNetwork.@Nullable Keys keys = network.keys();
        return "run=" + run + "\nrank=" + rank + "\nfounders=" + founders + "\nslots=" + slots + "\nmemory="
                + memoryBytes + "\naddress=" + network.address() + "\ndiscoveryPort=" + network.discoveryPort()
                + "\ncommunicationPort=" + network.communicationPort() + "\ndataPort=" + network.dataPort()
                + "\nfirstAddress=" + network.firstAddress()
                + "\nfirstPort=" + network.firstPort() + "\nfailureDetection=" + failureDetection + "\ntoken="
                + token.secretText()
                + (keys == null ? "" : "\nkeys=" + keys.file() + "\nkeysPassword=" + keys.password())
                + "\nhome=" + home + "\n.\n";
    }

    static NodeSettings read(BufferedReader lines) throws IOException {
        Map<String, String> found = new HashMap<>();
        for (String line = lines.readLine(); !".".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the settings of this node end early: its starter is gone");
            }
            int equals = line.indexOf('=');
            found.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new NodeSettings(
                text(found, "run"),
                number(found, "rank"),
                number(found, "founders"),
                number(found, "slots"),
                Long.parseLong(text(found, "memory")),
                network(found),
                Duration.parse(text(found, "failureDetection")),
                ClusterToken.parse(text(found, "token")),
                Path.of(text(found, "home")));
    }

    private static NodeNetwork network(Map<String, String> found) throws IOException {
        String keys = found.get("keys");
        return new NodeNetwork(
                text(found, "address"),
                number(found, "discoveryPort"),
                number(found, "communicationPort"),
                number(found, "dataPort"),
                text(found, "firstAddress"),
                number(found, "firstPort"),
                keys == null ? null : new NodeNetwork.Keys(Path.of(keys), text(found, "keysPassword")));
    }

    private static int number(Map<String, String> found, String key) throws IOException {
        return Integer.parseInt(text(found, key));
    }

    private static String text(Map<String, String> found, String key) throws IOException {
        String value = found.get(key);
        if (value == null) {
            throw new IOException("the settings of this node lack " + key);
        }
        return value;
    }
}
