package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {

    @TempDir
    private Path home;

    private Path kept(String folder) throws IOException {
        Path made = Files.createDirectories(home.resolve(folder));
        Files.createFile(made.resolve("index"));
        return made;
    }

    @Test
    void a_run_is_its_checkpoint_folder_or_the_folder_or_name_of_a_job() throws IOException {
        Path kept = kept("kept");
        Path ofJob = kept("kiln-runs/app-1/checkpoint");
        Path elsewhere = kept("there/app-2/checkpoint");
        assertEquals(kept, EarlierRun.of(kept.toString(), Map.of(), home));
        assertEquals(ofJob, EarlierRun.of(home.resolve("kiln-runs/app-1").toString(), Map.of(), home));
        assertEquals(ofJob, EarlierRun.of("app-1", Map.of("KILN_RUNS", ""), home));
        assertEquals(
                elsewhere,
                EarlierRun.of("app-2", Map.of("KILN_RUNS", home.resolve("there").toString()), home));
    }

    @Test
    void where_nothing_was_kept_the_message_says_where_it_was_looked_for() {
        var thrown = assertThrows(UsageException.class, () -> EarlierRun.of("app-3", Map.of(), home));
        assertTrue(thrown.getMessage().contains("--resume app-3: there is no checkpoint"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(home.resolve("kiln-runs").toString()), thrown.getMessage());
    }
}
