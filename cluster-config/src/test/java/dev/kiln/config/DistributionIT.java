package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a whole: help, versions, completion, and copies of it. */
final class DistributionIT {

    private final Distribution kiln = Distribution.built();

    @Test
    void help_names_every_command_and_loads_nothing_of_a_cluster() throws Exception {
        Ran ran = Ran.of(
                Path.of("/"),
                Map.of("KILN_OPTS", "-Xlog:class+load:file=/dev/stderr"),
                kiln.home.resolve("bin/kiln").toString(),
                "--help");
        assertEquals(0, ran.code(), ran.err());
        for (String command : new String[] {"demo", "csvm", "lstm", "run", "doctor", "bench", "completion"}) {
            assertTrue(ran.out().contains("\n  " + command + " "), command + " is not in\n" + ran.out());
        }
        assertTrue(ran.err().contains("dev.kiln.cli.Main"), "classes were not logged");
        for (String library : new String[] {"org.apache.ignite", "org.apache.logging", "tools.jackson"}) {
            assertTrue(ran.err().lines().noneMatch(line -> line.contains(library)), library + " was loaded");
        }
    }

    @Test
    void the_demo_prints_one_json_object_and_leaves_nothing_running() throws Exception {
        Ran ran = kiln.run("demo", "--json");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("", ran.err());
        assertEquals(1, ran.out().lines().count(), ran.out());
        for (String field : ("rows features blocks nodes slots supportVectors rounds converged dualObjective dualityGap"
                        + " trainAccuracy testAccuracy loadSeconds trainSeconds tasks bytesMoved")
                .split(" ")) {
            assertTrue(ran.out().contains("\"" + field + "\":"), field + " is not in " + ran.out());
        }
        assertTrue(ran.out().contains("\"converged\":true"), ran.out());
        kiln.leftNothingRunning();
    }

    @Test
    void the_version_is_that_of_the_jars() throws Exception {
        Ran ran = kiln.run("--version");
        assertEquals(0, ran.code());
        assertTrue(ran.out().matches("kiln \\d+\\.\\d+\\.\\d+, Java 2.*\n"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void doctor_finds_the_distribution_fit() throws Exception {
        Ran ran = kiln.run("doctor");
        assertEquals(0, ran.code(), ran.out());
        assertTrue(ran.out().contains("ok    flags"), ran.out());
        assertTrue(ran.out().contains("ok    start cache"), ran.out());
    }

    @Test
    void the_completion_script_is_valid(@TempDir Path folder) throws Exception {
        Ran ran = kiln.run("completion", "bash");
        assertEquals(0, ran.code(), ran.err());
        Path script = Files.writeString(folder.resolve("kiln-completion"), ran.out());
        Ran checked = Ran.of(folder, Map.of(), "bash", "-n", script.toString());
        assertEquals(0, checked.code(), checked.err());
        assertTrue(ran.out().contains("--positive"), "knows no options of subcommands");
    }

    @Test
    void a_copy_elsewhere_works_and_says_nothing_of_its_stale_start_cache(@TempDir Path folder) throws Exception {
        Path copy = folder.resolve("another place/kiln");
        Files.createDirectories(copy.getParent());
        assertEquals(
                0,
                Ran.of(folder, Map.of(), "cp", "-R", kiln.home.toString(), copy.toString())
                        .code());
        Path link = Files.createSymbolicLink(folder.resolve("kiln"), copy.resolve("bin/kiln"));
        Ran ran = Ran.of(folder, Map.of(), link.toString(), "--version");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("kiln "), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void a_start_cache_that_is_none_is_ignored_in_silence(@TempDir Path folder) throws Exception {
        Path copy = folder.resolve("kiln");
        Ran.of(folder, Map.of(), "cp", "-R", kiln.home.toString(), copy.toString());
        Files.writeString(copy.resolve("lib/help.aot"), "not a cache");
        Ran ran = Distribution.at(copy).run("--version");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("kiln "), ran.out());
        assertEquals("", ran.err());
    }
}
