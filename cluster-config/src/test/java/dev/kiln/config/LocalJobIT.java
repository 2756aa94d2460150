package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose nodes are JVMs on this machine: the same script, without Slurm. */
final class LocalJobIT {

    @TempDir
    private Path folder;

    /** A job is over when its program is: what ends after that still writes into its folder. */
    @AfterEach
    void allHasEnded() {
        Slurm.leftNothingRunning(folder);
    }

    private Map<String, String> environment() {
        return Map.of("KILN_RUNS", folder.resolve("runs").toString(), "TMPDIR", folder.toString());
    }

    private Ran kiln(String... args) throws Exception {
        return Ran.of(
                folder,
                environment(),
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
        RankLogs.areQuiet(Path.of(jobs.out().substring(jobs.out().indexOf('/')).strip()));
        allHasEnded();
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "more than the book and the runs is left");
        }
    }

    @Test
    void nodes_join_a_running_program_and_leave_it_while_it_is_watched() throws Exception {
        Path jar = Program.jar(folder, "Elastic", Elastic.SOURCE, "Elastic");
        Path end = folder.resolve("end");
        Ran submitted = kiln(
                "submit",
                "--backend",
                "local",
                "--cpus-per-node",
                "1",
                "--mem-per-node",
                "900m",
                jar.toString(),
                "--",
                end.toString());
        assertEquals(0, submitted.code(), submitted.err());
        String job = submitted.out().strip();
        Path run = Path.of(
                submitted.err().substring(submitted.err().indexOf(" in ") + 4).strip());
        Slurm.until("the job to say how it is", () -> Files.exists(run.resolve("status")));
        Slurm.until("its program to begin", () -> OnSlurm.hasLine(run.resolve("logs/rank-0.out")));
        Path seen = folder.resolve("attached");
        Process attached = Ran.start(
                folder,
                environment(),
                "sh",
                "-c",
                "exec \"$0\" attach \"$1\" >\"$2\"",
                Distribution.built().home.resolve("bin/kiln").toString(),
                job,
                seen.toString());
        Slurm.until("the job to be watched", () -> text(seen).contains("1 node, 1 slots, "));
        Ran more = kiln("scale", job, "+2");
        assertEquals("node-1 joins\nnode-2 joins\n", more.out(), more.err());
        Slurm.until("three nodes", () -> nodes(run) == 3);
        Elastic.sees(3, end);
        Ran fewer = kiln("scale", job, "-1");
        assertEquals("node-2 leaves when it has finished what it runs\n", fewer.out(), fewer.err());
        Slurm.until("two nodes", () -> nodes(run) == 2);
        Ran refused = kiln("scale", job, "-2");
        assertEquals(2, refused.code());
        assertEquals(
                "kiln: -2: of the nodes that were added to this job 1 is there; those it began with stay\n",
                refused.err());
        Files.createFile(end);
        Ran watched = Ran.end(attached);
        assertEquals(0, watched.code(), watched.err());
        String watcher = text(seen);
        assertTrue(watcher.contains("node-2 on localhost has joined\n"), watcher);
        assertTrue(watcher.contains("node-2 on localhost has left\n"), watcher);
        assertTrue(watcher.endsWith("job " + job + " done\n"), watcher);
        assertEquals("nodes 1\nright true, repeated 0, most 3\n", Files.readString(run.resolve("logs/rank-0.out")));
        for (int node = 1; node <= 2; node++) {
            Path ended = run.resolve("extra/" + node + "/ended");
            Slurm.until("node " + node + " to end", () -> OnSlurm.hasLine(ended));
        }
        assertEquals("exit code 0\n", text(run.resolve("extra/2/ended")));
        RankLogs.areQuiet(run);
    }

    @Test
    void a_job_can_be_a_cluster_on_which_programs_run() throws Exception {
        Path book = Files.writeString(folder.resolve("book.txt"), "a b a\n");
        Path token = folder.resolve("made/job.token");
        Ran submitted = kiln(
                "submit",
                "--backend",
                "local",
                "--nodes",
                "2",
                "--cpus-per-node",
                "1",
                "--mem-per-node",
                "900m",
                "--",
                "cluster",
                "serve",
                "--token-file",
                token.toString());
        assertEquals(0, submitted.code(), submitted.err());
        String job = submitted.out().strip();
        Slurm.until("the cluster to be up", () -> Files.exists(token));
        Ran status = kiln("cluster", "status", "--token-file", token.toString());
        assertTrue(status.out().contains("node-1: 1 slots"), status.out());
        Ran ran = kiln(
                "run", "--token-file", token.toString(), Distribution.example().toString(), "--", book.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals("2 a\n1 b\n", ran.out());
        Ran scaled = kiln("cluster", "scale", "+1", "--token-file", token.toString());
        assertTrue(scaled.err().contains("kiln scale JOB"), scaled.err());
        assertEquals(
                0, kiln("cluster", "stop", "--token-file", token.toString()).code());
        Slurm.until("the job to end", () -> job(job).contains("done"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }

    private String job(String number) {
        try {
            return kiln("status", number).out();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static long nodes(Path run) {
        try {
            return Files.readString(run.resolve("status"))
                    .lines()
                    .filter(line -> line.startsWith("node "))
                    .count();
        } catch (IOException replaced) {
            return -1;
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
