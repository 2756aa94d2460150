package dev.kiln.ignite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a job that its nodes share. The job's script and {@code kiln-rank} read and write them too. A file that
 * somebody waits for appears whole, by being renamed.
 */
final class JobFolder {

    private final Path path;

    JobFolder(Path path) {
        this.path = path;
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** The secret of the job, made when it was submitted. */
    ClusterToken token(String run) {
        return ClusterToken.parse(tokenText()).of(run);
    }

    /** The key of the job's nodes, if they are to encrypt. */
    NodeNetwork.@Nullable Keys keys() {
        Path file = path.resolve("keys.p12");
        return Files.exists(file) ? new NodeNetwork.Keys(file, tokenText()) : null;
    }

    private String tokenText() {
        Path file = path.resolve("token");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ClusterStartException("the job's secret cannot be read: " + e, e);
        }
    }

    /** Nodes beyond the first ones, by number, that somebody wants to leave. */
    List<Integer> wantedToLeave() {
        List<Integer> ranks = new ArrayList<>();
        try (var wishes = Files.newDirectoryStream(path.resolve("extra"), "[0-9]*")) {
            for (Path wish : wishes) {
                if (Files.exists(wish.resolve("leave"))) {
                    ranks.add(Integer.parseInt(wish.getFileName().toString()));
                }
            }
        } catch (IOException none) {
            return List.of();
        }
        return ranks;
    }

    /** Shows everybody how the job is now. */
    void status(String text) throws IOException {
        Path hidden = path.resolve(".status");
        Files.writeString(hidden, text);
        Files.move(hidden, path.resolve("status"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets the job's script tell the other nodes where node 0 is, and what else they are to know. */
    void announce(NodeSettings first) {
        try {
            // The script takes the one away when it has read it; nodes that join later read the other.
            for (String name : List.of("cluster", "head")) {
                Path hidden = Files.createTempFile(
                        path,
                        "." + name,
                        "",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(hidden, first.toLines());
                Files.move(hidden, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new ClusterStartException("the job's folder cannot be written: " + e, e);
        }
    }

    /** Why the JVM of a node ended, if it has. */
    Optional<String> ended(int rank) {
        try {
            return Optional.of(Files.readString(path.resolve("ended").resolve(Integer.toString(rank)))
                    .strip());
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** The name of the host that a node runs on: that of the node itself where it is not known. */
    String host(int rank) {
        Path later = path.resolve("extra").resolve(Integer.toString(rank)).resolve("host");
        try (var lines = Files.lines(Files.exists(later) ? later : path.resolve("hosts"))) {
            return lines.map(line -> line.split(" "))
                    .filter(words -> words.length >= 2 && words[0].equals(Integer.toString(rank)))
                    .map(words -> "node-" + rank + " on " + words[1])
                    .findFirst()
                    .orElse("node-" + rank);
        } catch (IOException | UncheckedIOException unknown) {
            return "node-" + rank;
        }
    }

    /** Notes when the first task was sent to a node, which the job's script puts into the result. */
    void firstTask(Instant when) {
        // Of a job that begins more than once, the first time counts.
        if (Files.exists(path.resolve("first-task"))) {
            return;
        }
        try {
            Files.writeString(path.resolve("first-task"), when.truncatedTo(ChronoUnit.MILLIS) + "\n");
        } catch (IOException lost) {
            // It is only a figure.
        }
        event(when, "the first task begins");
    }

    /** Adds a line to what the job's first node has to tell. */
    void event(Instant now, String what) {
        try {
            Files.writeString(
                    path.resolve("events").resolve("cluster"),
                    now.truncatedTo(ChronoUnit.MILLIS) + " " + what + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException lost) {
            // What happened is worth more than the note of it.
        }
    }
}
