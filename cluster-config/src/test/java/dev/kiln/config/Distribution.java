package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The built distribution, as a user runs it. Every process that comes of a run is known by a mark in its environment. */
final class Distribution {

    private static final String MARK = "KILN_TEST_MARK";

    final Path home;
    private final String mark = UUID.randomUUID().toString();

    private Distribution(Path home) {
        this.home = home;
    }

    static Distribution built() {
        return new Distribution(Path.of(System.getProperty("kiln.distribution")));
    }

    static Distribution at(Path home) {
        return new Distribution(home);
    }

    /** The word-count example, built against kiln-tasks alone. */
    static Path example() {
        return Path.of(System.getProperty("kiln.example"));
    }

    Path data(String file) {
        return home.resolve("data").resolve(file);
    }

    Ran run(String... args) throws Exception {
        return Ran.of(Path.of("/"), Map.of(MARK, mark), home.resolve("bin/kiln").toString(), args);
    }

    Process start(String... args) throws IOException {
        return Ran.start(
                Path.of("/"), Map.of(MARK, mark), home.resolve("bin/kiln").toString(), args);
    }

    /** One line on standard error, which holds all of the words; exit code 2; nothing left running. */
    void refuses(List<String> words, String... args) throws Exception {
        Ran ran = run(args);
        String what = String.join(" ", args) + "\n" + ran;
        assertEquals(2, ran.code(), what);
        assertEquals(1, ran.err().lines().count(), what);
        assertFalse(ran.err().contains("\tat "), what);
        words.forEach(word -> assertTrue(ran.err().contains(word), () -> "no \"" + word + "\" in " + what));
        leftNothingRunning();
    }

    void leftNothingRunning() throws IOException {
        assertEquals(List.of(), running());
    }

    /** Processes that a run of this distribution started, and that live. */
    private List<String> running() throws IOException {
        var found = new ArrayList<String>();
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return found;
        }
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
                    if (environment.contains(MARK + "=" + mark)) {
                        found.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                                .replace('\0', ' '));
                    }
                } catch (IOException e) {
                    // It ended meanwhile, or is none of ours to read.
                }
            }
        }
        return found;
    }
}
