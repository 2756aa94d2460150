package dev.kiln.slurm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kiln scale} has Slurm do, and what {@code kiln attach} shows. */
final class ScaleCommandTest {

    @TempDir
    private Path folder;

    private Session session;
    private Path run;

    @BeforeEach
    void begin() throws IOException {
        session = new Session(folder.toRealPath());
        int code = session.run(
                "submit",
                "--nodes",
                "3",
                "--time",
                "10",
                "--mem-per-node",
                "2g",
                "--job-name",
                "big",
                "--nodelist",
                "n[1-3]",
                "--module",
                "java",
                "app.jar",
                "--",
                "it's",
                "two\nlines");
        assertEquals(0, code, session.complaints());
        run = session.runs().getFirst();
        running("RUNNING");
        Files.writeString(run.resolve("shape"), "export KILN_JOB_NODES=3\nexport KILN_JOB_SLOTS=2\n");
    }

    private void running(String state) throws IOException {
        session.program("scontrol", "echo 'JobId=4711 JobState=" + state + " Reason=None ExitCode=0:0'");
    }

    @Test
    void each_node_that_joins_is_a_job_of_one_node_with_what_the_first_job_asked_for() throws IOException {
        session.program("sbatch", "shift; cat $1 >>" + folder.resolve("scripts") + "; echo 4712");
        assertEquals(0, session.run("scale", "4711", "+2"), session.complaints());
        assertEquals(
                "node-3 joins when Slurm has a node for it, as job 4712\n"
                        + "node-4 joins when Slurm has a node for it, as job 4712\n",
                session.printed());
        String script = Files.readString(run.resolve("extra/4/job.sh"));
        List<String> asked =
                script.lines().filter(line -> line.startsWith("#SBATCH")).toList();
        assertEquals(
                List.of(
                        "#SBATCH --job-name=big-node-4",
                        "#SBATCH --nodes=1",
                        "#SBATCH --ntasks=1",
                        "#SBATCH --no-requeue",
                        "#SBATCH --output=" + run.resolve("extra/4/job.log"),
                        "#SBATCH --time=10",
                        "#SBATCH --mem=2048M"),
                asked);
        assertTrue(script.startsWith("#!/bin/bash\n"), script);
        assertTrue(script.contains("module load java || "), script);
        assertTrue(
                script.endsWith(
                        "export KILN_JOB_RANK=4\nexec " + folder.toRealPath().resolve("kiln/bin/kiln-worker") + "\n"),
                script);
        assertEquals(
                2,
                Files.readString(folder.resolve("scripts"))
                        .lines()
                        .filter("#!/bin/bash"::equals)
                        .count());
    }

    @Test
    void those_that_joined_last_leave_first() throws IOException {
        session.run("scale", "4711", "+2");
        assertEquals(0, session.run("scale", "4711", "-1"), session.complaints());
        assertEquals("node-4 leaves when it has finished what it runs\n", session.printed());
        assertTrue(Files.exists(run.resolve("extra/4/leave")));
        assertFalse(Files.exists(run.resolve("extra/3/leave")));
        assertEquals(2, session.run("scale", "4711", "-2"));
        assertEquals(
                "kiln: -2: of the nodes that were added to this job 1 is there; those it began with stay\n",
                session.complaints());
        assertEquals(0, session.run("scale", "4711", "+1"), session.complaints());
        assertTrue(session.printed().startsWith("node-5 "), "numbers are used once: " + session.printed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "+", "+0", "-0", "--x", "+1000", "many"})
    void a_change_that_is_none_is_refused(String change) {
        assertEquals(2, session.run("scale", "4711", change));
        assertEquals(
                "kiln: kiln scale: expected +N or -N with N from 1 to 999, found " + change + "\n",
                session.complaints());
    }

    @Test
    void a_job_that_does_not_run_is_not_scaled() throws IOException {
        running("PENDING");
        assertEquals(2, session.run("scale", "4711", "+1"));
        assertEquals("kiln: job 4711 is pending, and not running\n", session.complaints());
    }

    @Test
    void what_slurm_refuses_leaves_nothing() throws IOException {
        session.program("sbatch", "echo 'sbatch: error: no more' >&2; exit 1");
        assertEquals(2, session.run("scale", "4711", "+1"));
        assertEquals("kiln: Slurm refuses the job: no more\n", session.complaints());
        assertFalse(Files.exists(run.resolve("extra/3")));
    }

    @Test
    void cancelling_a_job_cancels_the_jobs_of_the_nodes_that_were_added() throws IOException {
        session.program("sbatch", "echo 4712");
        session.run("scale", "4711", "+1");
        session.program("scancel", "echo \"$@\" >>" + folder.resolve("cancelled"));
        assertEquals(0, session.run("cancel", "4711"), session.complaints());
        assertEquals("4711\n4712\n", Files.readString(folder.resolve("cancelled")));
    }

    @Test
    void who_attaches_sees_how_a_job_was_and_gets_its_exit_code() throws IOException {
        Files.writeString(run.resolve("status"), """
                time 2026-11-21T08:00:00Z
                tasks 100 40 1 9 2 5
                moved 3145728
                node 0 n1 2 2 7 30 85 104857600 1073741824
                node 3 n4 2 1 0 11 40 1024 2048 leaving
                """);
        Files.writeString(run.resolve("events/cluster"), "2026-11-21T08:00:00Z it began\n");
        Files.writeString(run.resolve("result"), "exit=7\ncause=it failed\n");
        assertEquals(7, session.run("attach", "4711"), session.complaints());
        assertEquals("""
                2026-11-21T08:00:00Z cluster: it began
                2 nodes, 4 slots, 3 busy; tasks: 56 waiting, 3 running, 40 done (5 before), 1 failed, 2 repeated; 3.0 MB moved
                job 4711 failed: it failed
                """, session.printed());
    }

    @Test
    void nodes_join_one_task_of_an_array() throws IOException {
        session.run("submit", "--array", "1-3", "--time", "5", "app.jar");
        Path array = session.runs().stream()
                .filter(each -> !each.equals(run))
                .findFirst()
                .orElseThrow();
        Path task = Files.createDirectory(array.resolve("task-2"));
        Files.writeString(task.resolve("shape"), "export KILN_JOB_NODES=1\n");
        String job = array.getFileName().toString();
        assertEquals(2, session.run("scale", job, "+1"));
        assertEquals("kiln: job 4711 is an array: name one of its tasks, such as 4711_2\n", session.complaints());
        session.program("sbatch", "echo 4799");
        assertEquals(0, session.run("scale", job + "_2", "+1"), session.complaints());
        String script = Files.readString(task.resolve("extra/1/job.sh"));
        assertFalse(script.contains("--array"), script);
        assertTrue(script.contains("\nexport KILN_JOB=" + task + "\nexport KILN_JOB_RANK=1\nexec "), script);
        assertTrue(script.contains("--output=" + task.resolve("extra/1/job.log") + "\n"), script);
        session.program("scancel", "echo \"$@\" >>" + folder.resolve("cancelled"));
        assertEquals(0, session.run("cancel", job), session.complaints());
        assertEquals("4711\n4799\n", Files.readString(folder.resolve("cancelled")));
    }

    @Test
    void a_job_in_an_allocation_has_the_nodes_of_that() throws IOException {
        Files.writeString(run.resolve("submitted"), "job=local-7\nbackend=allocation\n");
        assertEquals(2, session.run("scale", "local-7", "+1"));
        assertEquals(
                "kiln: job local-7 has the nodes of its allocation, and no others can join it\n", session.complaints());
    }
}
