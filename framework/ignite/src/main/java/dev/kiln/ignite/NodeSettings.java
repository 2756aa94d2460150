package dev.kiln.ignite;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What one node has to know to start. A further node reads it from its standard input, as lines of {@code key=value}
 * that end with a line of one dot, since a command line can be read by everybody on the machine.
 *
 * @param run names the cluster
 * @param rank the node's number
 * @param founders how many nodes the cluster begins with
 * @param slots how many tasks it runs at once
 * @param memoryBytes its memory for blocks
 * @param discoveryPort where it listens for nodes; unused with one founder
 * @param communicationPort where it listens for messages; unused with one founder
 * @param firstPort the discovery port of node 0
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
        int discoveryPort,
        int communicationPort,
        int firstPort,
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

    String toLines() {
        return "run=" + run + "\nrank=" + rank + "\nfounders=" + founders + "\nslots=" + slots + "\nmemory="
                + memoryBytes + "\ndiscoveryPort=" + discoveryPort + "\ncommunicationPort=" + communicationPort
                + "\nfirstPort=" + firstPort + "\nfailureDetection=" + failureDetection + "\ntoken="
                + token.secretText() + "\nhome=" + home + "\n.\n";
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
                number(found, "discoveryPort"),
                number(found, "communicationPort"),
                number(found, "firstPort"),
                Duration.parse(text(found, "failureDetection")),
                ClusterToken.parse(text(found, "token")),
                Path.of(text(found, "home")));
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
