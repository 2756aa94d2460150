package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose nodes are JVMs on this machine: the same script, without Slurm. */
final class LocalJobIT {

    @TempDir
    private Path folder;

    private Ran kiln(String... args) throws Exception {
        return Ran.of(
                folder,
                Map.of("KILN_RUNS", folder.resolve("runs").toString(), "TMPDIR", folder.toString()),
                Distribution.built().home.resolve("bin/kiln").toString(),
                args);
    }

    @Test
    void a_program_runs_as_it_does_on_a_cluster() throws Exception {
        Path book = Files.writeString(folder.resolve("book.txt"), "a b a\n");
        Ran ran = kiln(
                "submit",
                "--backend",
                "local",
                "--nodes",
                "2",
                "--cpus-per-node",
                "1",
                "--mem-per-node",
                "900m",
                "--follow",
                Distribution.example().toString(),
                "--",
                book.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals("2 a\n1 b\n", ran.out());
        Ran jobs = kiln("jobs");
        assertTrue(jobs.out().matches("local-\\d+  done .*\n"), jobs.out());
        Ran status = kiln("status", jobs.out().substring(0, jobs.out().indexOf(' ')));
        assertTrue(status.out().contains("the cluster is up: 2 nodes"), status.out());
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "more than the book and the runs is left");
        }
    }

    @Test
    void what_a_program_fails_with_is_the_code_and_the_cause() throws Exception {
        Ran ran = kiln(
                "submit", "--backend", "local", "--mem-per-node", "900m", "--wait", "--", "csvm", "train", "none.csv");
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("failed: "), ran.err());
        assertTrue(ran.err().contains("none.csv"), ran.err());
    }
}
