package dev.kiln.runtime.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How to reach a cluster, as its token file says it. Whoever can read the file can run code in the cluster.
 *
 * @param host where it listens
 * @param port on which port
 * @param token its secret
 * @param certificate the SHA-256 of its certificate
 * @param process the process of its first node, where it runs on this machine
 */
public record Contact(String host, int port, String token, String certificate, long process) {

    private static final int MOST_PORT = 65_535;

    /** Writes the file, so that only its owner can read it; it appears whole. */
    public void write(Path file) throws IOException {
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, PosixFilePermissions.asFileAttribute(owner));
        String text = "address=" + host + ":" + port + "\ntoken=" + token + "\ncertificate=" + certificate
                + "\nprocess=" + process + "\n";
        Files.writeString(made, text, StandardOpenOption.WRITE);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it is not there or is none; one line that says what to do
     */
    public static Contact read(Path file) throws IOException {
        Map<String, String> found = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    found.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (FileSystemException e) {
            throw new IOException("there is no token file " + file + ": start a cluster with `kiln cluster start`, or"
                    + " copy the token file of one that runs elsewhere");
        }
        if (!found.containsKey("token") || !found.containsKey("certificate")) {
            throw new IOException(file + " is no token file: expected lines with address, token and certificate");
        }
        try {
            var nowhere = new Contact(
                    "",
                    0,
                    found.getOrDefault("token", ""),
                    found.getOrDefault("certificate", ""),
                    Long.parseLong(found.getOrDefault("process", "0")));
            return nowhere.at(found.getOrDefault("address", ""));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no token file: " + e.getMessage());
        }
    }

    /**
     * The same cluster at another address, {@code HOST:PORT}, such as the end of a tunnel.
     *
     * @throws IllegalArgumentException when that is no address; one line
     */
    public Contact at(String address) {
        int colon = address.lastIndexOf(':');
        if (colon > 0) {
            try {
                int there = Integer.parseInt(address.substring(colon + 1));
                if (there >= 1 && there <= MOST_PORT) {
                    return new Contact(address.substring(0, colon), there, token, certificate, process);
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
        }
        throw new IllegalArgumentException(
                "address " + address + ": expected HOST:PORT, with a port from 1 to " + MOST_PORT);
    }

    /** Where it listens. */
    public String address() {
        return host + ":" + port;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "cluster at " + address();
    }
}
