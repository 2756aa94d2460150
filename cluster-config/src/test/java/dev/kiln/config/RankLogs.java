package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the nodes of a job print, in the folder of its run. */
final class RankLogs {

    private static final Pattern COMPLAINT = Pattern.compile("\\b(WARN|ERROR|FATAL)\\b|^\\s+at |Exception");

    /**
     * What is nobody's fault: Ignite says the first when the machine lets a JVM wait for half a second, the other when one
     * node hears that the job has ended, and goes, before the next does.
     */
    private static final List<String> USUAL =
            List.of("Possible too long JVM pause: ", " TcpDiscoverySpi [tcp-disco-msg-worker-");

    private RankLogs() {}

    /** Of a job in which nothing went wrong no node complains. */
    static void areQuiet(Path run) throws IOException {
        try (var logs = Files.list(run.resolve("logs"))) {
            for (Path log : logs.toList()) {
                List<String> complaints = Files.readAllLines(log).stream()
                        .filter(line ->
                                COMPLAINT.matcher(line).find() && USUAL.stream().noneMatch(line::contains))
                        .toList();
                assertEquals(List.of(), complaints, log.toString());
            }
        }
    }
}
