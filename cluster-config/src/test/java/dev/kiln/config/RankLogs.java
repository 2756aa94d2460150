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

    private RankLogs() {}

    /** Of a job in which nothing went wrong no node complains. */
    static void areQuiet(Path run) throws IOException {
        try (var logs = Files.list(run.resolve("logs"))) {
            for (Path log : logs.toList()) {
                List<String> complaints = Files.readAllLines(log).stream()
                        .filter(line -> COMPLAINT.matcher(line).find())
                        .toList();
                assertEquals(List.of(), complaints, log.toString());
            }
        }
    }
}
