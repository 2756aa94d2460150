package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {

    private final Instant now = Instant.now();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path temporary;

    private Path folder(String name) throws IOException {
        return Files.createDirectory(temporary.resolve(name));
    }

    @Test
    void what_a_killed_run_left_goes_with_the_next_however_soon() throws IOException {
        Path left = folder("kiln-run-1-a");
        Files.createFile(left.resolve("lock"));
        Files.writeString(Files.createDirectory(left.resolve("code-1")).resolve("app.jar"), "a copy");
        Path halfDeleted = folder("kiln-run-1-b");
        try (var next = RunFolder.create(temporary, now)) {
            assertTrue(Files.isDirectory(next.path()));
            assertFalse(Files.exists(left));
            assertFalse(Files.exists(halfDeleted));
        }
        try (var files = Files.list(temporary)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void runs_of_one_jvm_leave_each_other_alone() throws IOException {
        try (var one = RunFolder.create(temporary, now);
                var other = RunFolder.create(temporary, now)) {
            assertTrue(Files.isDirectory(one.path()));
            assertTrue(Files.isDirectory(other.path()));
        }
    }

    @Test
    void a_folder_that_is_being_made_is_left_until_its_maker_must_be_dead() throws IOException {
        Path fresh = folder("kiln-new-a");
        Path old = folder("kiln-new-b");
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(1))));
        RunFolder.create(temporary, now).close();
        assertTrue(Files.exists(fresh));
        assertFalse(Files.exists(old));
    }
}
