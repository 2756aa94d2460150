package dev.kiln.ignite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Linux knows of processes. */
final class Machine {

    /**
     * How long nodes of tests may be silent, since a busy machine may hold them up and none of them is to count as lost for
     * that. One that is killed is noticed at once all the same.
     */
    static final Duration STALL = Duration.ofSeconds(30);

    private Machine() {}

    /** A socket that listens: its address as in /proc/net, and its port. */
    record Listening(String address, int port) {
        boolean loopback() {
            // 127.0.0.1 as IPv4, as IPv6-mapped, and ::1; each word in the machine's byte order.
            return address.equals("0100007F")
                    || address.equals("0000000000000000FFFF00000100007F")
                    || address.equals("00000000000000000000000001000000");
        }
    }

    /** The listening TCP sockets of a process. */
    static List<Listening> listening(long pid) throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files.toList()) {
                try {
                    own.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closedMeanwhile) {
                    // Not a socket that listens for long.
                }
            }
        }
        List<Listening> found = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (!Files.exists(Path.of(table))) {
                continue;
            }
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && own.contains("socket:[" + columns[9] + "]")) {
                    String[] local = columns[1].split(":");
                    found.add(new Listening(local[0], Integer.parseInt(local[1], 16)));
                }
            }
        }
        return found;
    }

    /**
     * Whether a process runs. One that has ended does not, though it stays in the list until its parent asks how; in a
     * container nobody may ever do so for one whose own parent has ended.
     */
    static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The state stands behind the name, which may hold any character and is in brackets.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }

    static String commandLine(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    }
}
