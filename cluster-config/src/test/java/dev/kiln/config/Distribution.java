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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The built distribution, as a user runs it. Every process that comes of a run is known by a mark in its environment. */
final class Distribution {

    private static final String MARK = "KILN_TEST_MARK";

    final Path home;
    private final String mark = UUID.randomUUID().toString();
    /** Where its temporary files go, or null for where all others' go too. */
    private final @Nullable Path temporary;

    private Distribution(Path home, @Nullable Path temporary) {
        this.home = home;
        this.temporary = temporary;
    }

    static Distribution built() {
        return new Distribution(Path.of(System.getProperty("kiln.distribution")), null);
    }

    static Distribution at(Path home) {
        return new Distribution(home, null);
    }

    /** The same with a folder of its own for temporary files, so that one can tell what is left there. */
    Distribution in(Path folder) {
        return new Distribution(home, folder);
    }

    private Map<String, String> environment() {
        return temporary == null
                ? Map.of(MARK, mark)
                : Map.of(MARK, mark, "KILN_OPTS", "-Djava.io.tmpdir=" + temporary);
    }

    /** What was left in its folder for temporary files. */
    List<Path> leftFiles() throws IOException {
        try (var files = Files.list(Objects.requireNonNull(temporary))) {
            return files.toList();
        }
    }

    /** The word-count example, built against kiln-tasks alone. */
    static Path example() {
        return Path.of(System.getProperty("kiln.example"));
    }

    Path data(String file) {
        return home.resolve("data").resolve(file);
    }

    Ran run(String... args) throws Exception {
        return Ran.of(Path.of("/"), environment(), home.resolve("bin/kiln").toString(), args);
    }

    Process start(String... args) throws IOException {
        return Ran.start(Path.of("/"), environment(), home.resolve("bin/kiln").toString(), args);
    }

    /** The same for a process that hears an interrupt even when this JVM runs in the background of a shell. */
    Process startHearing(String... args) throws IOException {
        var words = new ArrayList<>(
                List.of("--default-signal=INT", home.resolve("bin/kiln").toString()));
        words.addAll(List.of(args));
        return Ran.start(Path.of("/"), environment(), "env", words.toArray(String[]::new));
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
