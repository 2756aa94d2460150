package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the root of a clone, in a clone whose build is a stand-in that takes a third of a second. */
final class LauncherScriptTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String BUILD = """
            #!/bin/sh
            echo "building $*"
            echo built >> builds
            [ ! -e broken ] || { echo '[ERROR] it does not compile'; exit 1; }
            dist=cluster-config/target/kiln
            mkdir -p $dist/bin $dist/lib target
            touch target/build-started
            sleep 0.3
            printf '#!/bin/sh\\necho "ran:"; for a in "$@"; do echo "<$a>"; done\\n' > $dist/bin/kiln
            chmod +x $dist/bin/kiln
            cp -p target/build-started $dist/.built
            """;

    private Path clone;

    @BeforeEach
    void make_a_clone(@TempDir Path folder) throws IOException {
        clone = Files.createDirectories(folder.resolve("a folder/kiln"));
        for (String file : List.of("kiln", "mvnw", ".mvn/jdk25.sh")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), clone.resolve(file), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(clone.resolve("mvnw"), BUILD);
        for (String file : List.of(
                "pom.xml",
                "tasks/pom.xml",
                "tasks/src/main/java/A.java",
                "tasks/src/test/java/T.java",
                "cluster-config/pom.xml",
                "framework/engine/src/main/java/E.java")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.writeString(clone.resolve(file), "");
        }
        age(clone);
    }

    /** As if the clone were a day old. */
    private static void age(Path folder) throws IOException {
        FileTime yesterday = FileTime.from(Instant.now().minusSeconds(86_400));
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Files.setLastModifiedTime(file, yesterday);
        }
    }

    private Ran kiln(String... args) throws Exception {
        return Ran.of(clone.getParent(), Map.of(), clone.resolve("kiln").toString(), args);
    }

    private long builds() throws IOException {
        Path count = clone.resolve("builds");
        return Files.exists(count) ? Files.readAllLines(count).size() : 0;
    }

    private void touch(String file) throws IOException {
        Files.setLastModifiedTime(
                clone.resolve(file), FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void the_first_call_builds_and_the_second_does_not() throws Exception {
        Ran first = kiln("run", "a b", "--", "*");
        assertEquals(0, first.code(), first.err());
        assertEquals("ran:\n<run>\n<a b>\n<-->\n<*>\n", first.out());
        assertEquals("building kiln (first run, about a minute)…\n", first.err());
        Ran second = kiln();
        assertEquals("", second.err());
        assertEquals(1, builds());
    }

    @Test
    void a_newer_source_or_a_deleted_one_builds_again_and_a_test_does_not() throws Exception {
        kiln();
        touch("tasks/src/test/java/T.java");
        kiln();
        assertEquals(1, builds());
        touch("framework/engine/src/main/java/E.java");
        assertEquals("building kiln (sources changed)…\n", kiln().err());
        assertEquals(2, builds());
        age(clone.resolve("framework"));
        Files.delete(clone.resolve("tasks/src/main/java/A.java"));
        touch("tasks/src/main/java");
        kiln();
        assertEquals(3, builds());
    }

    @Test
    void a_build_that_fails_shows_its_output_and_what_it_is_about() throws Exception {
        Files.createFile(clone.resolve("broken"));
        Ran ran = kiln("demo");
        assertEquals(3, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("[ERROR] it does not compile\nkiln: the build failed; "), ran.err());
    }

    @Test
    void calls_at_the_same_time_build_once() throws Exception {
        var started = new ArrayList<Process>();
        for (int i = 0; i < 5; i++) {
            started.add(new ProcessBuilder(clone.resolve("kiln").toString(), "x")
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : started) {
            String output = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), output);
            assertTrue(output.endsWith("ran:\n<x>\n"), output);
        }
        assertEquals(1, builds());
    }

    @Test
    void the_lock_of_a_killed_build_is_taken_over() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(clone.resolve("target"));
        Files.createSymbolicLink(clone.resolve("target/kiln.lock"), Path.of(Long.toString(gone.pid())));
        assertEquals(0, kiln().code());
        assertEquals(1, builds());
    }

    @Test
    void it_works_through_symbolic_links() throws Exception {
        Path one = Files.createSymbolicLink(clone.resolveSibling("one link"), Path.of("kiln/kiln"));
        Path two = Files.createSymbolicLink(clone.resolveSibling("two"), one.toAbsolutePath());
        Ran ran = Ran.of(Path.of("/"), Map.of(), two.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals("ran:\n", ran.out());
    }

    @Test
    void without_a_jdk_25_it_says_in_one_line_what_to_install(@TempDir Path bin) throws Exception {
        for (String tool : List.of("sh", "sed", "readlink", "dirname", "find", "head")) {
            for (String folder : System.getenv("PATH").split(":")) {
                Path there = Path.of(folder, tool);
                if (Files.isExecutable(there)) {
                    Path wrapper = bin.resolve(tool);
                    Files.writeString(wrapper, "#!/bin/sh\nexec " + there + " \"$@\"\n");
                    assertTrue(wrapper.toFile().setExecutable(true));
                    break;
                }
            }
        }
        var bare =
                Map.of("PATH", bin.toString(), "HOME", bin.toString(), "KILN_JVM_DIR", bin.toString(), "JAVA_HOME", "");
        for (String script : List.of("kiln", "mvnw")) {
            Files.copy(ROOT.resolve("mvnw"), clone.resolve("mvnw"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Ran ran = Ran.of(clone, bare, clone.resolve(script).toString(), "--help");
            assertEquals(2, ran.code(), ran.err());
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.err().contains("needs a JDK 25"), ran.err());
            assertTrue(ran.err().contains("install"), ran.err());
        }
    }
}
