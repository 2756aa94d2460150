package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksTest {

    private static final long GIB = 1L << 30;

    @Test
    void this_machine_is_fit_for_its_own_tests() {
        assertTrue(
                Checks.all().stream().noneMatch(f -> f.state() == Finding.State.BAD),
                () -> Checks.all().toString());
    }

    @Test
    void java_before_25_0_3_will_not_do() {
        assertEquals(
                Finding.State.BAD, Checks.java(Runtime.Version.parse("25.0.2")).state());
        assertEquals(
                "BAD   java        21.0.9, expected 25.0.3 or newer: install a newer JDK 25",
                Checks.java(Runtime.Version.parse("21.0.9")).line());
        assertEquals(
                Finding.State.OK,
                Checks.java(Runtime.Version.parse("25.0.3+9-LTS")).state());
        assertEquals(Finding.State.OK, Checks.java(Runtime.Version.parse("26")).state());
    }

    @Test
    void closed_packages_are_named() {
        assertEquals(
                "closed to Ignite: java.nio, java.time",
                Checks.flags(List.of("java.nio", "java.time")).found());
        assertEquals(Finding.State.OK, Checks.flags(List.of()).state());
    }

    @Test
    void heap_and_stored_blocks_must_fit_the_memory() {
        assertEquals(Finding.State.BAD, Checks.memory(2 * GIB, 2 * GIB).state());
        assertEquals(Finding.State.NOTE, Checks.memory(2 * GIB, GIB / 4).state());
        assertEquals(Finding.State.OK, Checks.memory(8 * GIB, 2 * GIB).state());
    }

    @Test
    void a_temp_folder_that_is_not_there_is_named_with_the_cure(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        Finding finding = Checks.temp(missing);
        assertEquals(Finding.State.BAD, finding.state());
        assertTrue(finding.found().contains(missing.toString()), finding.found());
        assertFalse(finding.cure().isEmpty());
    }

    @Test
    void a_start_cache_older_than_a_jar_is_noted(@TempDir Path home) throws IOException {
        Path lib = Files.createDirectory(home.resolve("lib"));
        assertEquals("absent", Checks.startCache(home).found());
        Path cache = Files.createFile(lib.resolve("cluster.aot"));
        Path jar = Files.createFile(lib.resolve("a.jar"));
        Files.setLastModifiedTime(cache, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(2_000));
        assertEquals("older than a.jar", Checks.startCache(home).found());
        Files.setLastModifiedTime(cache, FileTime.fromMillis(3_000));
        assertEquals(Finding.State.OK, Checks.startCache(home).state());
    }
}
