package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs on a real Slurm: their results, what their user sees when something ends them, and that nothing is left of them. */
final class SlurmIT extends OnSlurm {

    @Test
    void a_cascade_is_the_same_on_any_number_of_nodes_as_on_this_machine() throws Exception {
        List<String> train = List.of(
                "csvm",
                "train",
                Distribution.built().data("magic04.train.csv").toString(),
                "--label",
                "last",
                "--positive",
                "g",
                "--standardize",
                "--quiet",
                "--model");
        var here = new ArrayList<>(train);
        here.add("here.model");
        Ran ran = slurm.kiln(here.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        byte[] expected = Files.readAllBytes(folder.resolve("here.model"));
        for (String nodes : List.of("1", "2", "4")) {
            var there = new ArrayList<>(List.of("submit", "--nodes", nodes, "--wait", "--"));
            there.addAll(train);
            there.add(nodes + ".model");
            Ran job = slurm.kiln(there.toArray(String[]::new));
            assertEquals(0, job.code(), job.err());
            assertArrayEquals(expected, Files.readAllBytes(folder.resolve(nodes + ".model")), nodes + " nodes");
        }
        slurm.leftNothingRunning();
    }

    @Test
    void two_jobs_on_the_same_hosts_do_not_see_each_other() throws Exception {
        Slurm.Job one = slurm.submit("--nodes", "2", "--nodelist", "n[1-2]", program);
        Slurm.Job other = slurm.submit("--nodes", "2", "--nodelist", "n[1-2]", program);
        assertEquals("nodes 2\n", one.printed(0));
        assertEquals("nodes 2\n", other.printed(0));
        assertEquals(0, slurm.kiln("cancel", one.id).code());
        ended(one, "cancelled: it was cancelled", 130);
        assertTrue(other.status().out().contains("state   running"));
        assertEquals(0, slurm.kiln("cancel", other.id).code());
        ended(other, "cancelled", 130);
        slurm.leftNothingRunning();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "head|failed: the program's JVM: it was killed (signal 9)|137",
                "srun|failed: srun was killed (signal 9)|3",
                "script|failed: the job's script is gone|3",
                "scancel|cancelled: it was cancelled|130",
                "first host|failed: |3"
            })
    void what_ends_a_job_is_named_and_none_of_its_jvms_is_left(String what, String state, int exit) throws Exception {
        Slurm.Job job = slurm.submit("--nodes", "3", program);
        List<ProcessHandle> jvms = job.jvms();
        assertEquals(3, jvms.size());
        switch (what) {
            case "head" -> job.jvm(true).destroyForcibly();
            case "srun" -> job.processes("srun").forEach(ProcessHandle::destroyForcibly);
            case "script" -> job.script().destroyForcibly();
            case "scancel" -> slurm.ask("scancel", job.id);
            default -> slurm.ask("scontrol", "update", "NodeName=n1", "State=DOWN", "Reason=test");
        }
        Slurm.Job.ended(jvms);
        ended(job, state, exit);
        slurm.ask("scontrol", "update", "NodeName=n1", "State=RESUME");
        slurm.leftNothingRunning();
    }

    @ParameterizedTest
    @CsvSource({"worker", "its host"})
    void a_job_goes_on_without_a_worker_and_its_result_is_right(String lost) throws Exception {
        Path enough = folder.resolve("enough-" + lost.replace(' ', '-'));
        Slurm.Job job = slurm.submit("--nodes", "3", program, "--", "rounds", enough.toString());
        if (lost.equals("worker")) {
            job.jvm(false).destroyForcibly();
        } else {
            slurm.ask("scontrol", "update", "NodeName=n2", "State=DOWN", "Reason=test");
        }
        Slurm.until("the loss to be noticed", () -> {
            try {
                return job.status().out().contains(" is lost\n");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Files.createFile(enough);
        ended(job, "done", 0);
        assertEquals("nodes 3\nright true rounds\n", job.printed(0));
        slurm.ask("scontrol", "update", "NodeName=n2", "State=RESUME");
        slurm.leftNothingRunning();
    }

    @Test
    void a_job_that_may_not_lose_a_worker_fails_with_its_name() throws Exception {
        Slurm.Job job = slurm.submit("--nodes", "2", "--on-worker-loss", "fail", program);
        job.jvm(false).destroyForcibly();
        ended(job, "failed: node-1 on ", 3);
        assertTrue(job.status().out().contains("is lost, and --on-worker-loss is fail"));
        slurm.leftNothingRunning();
    }

    @Test
    void a_job_that_is_to_begin_anew_does() throws Exception {
        Slurm.Job job = slurm.submit("--nodes", "2", "--on-worker-loss", "requeue", program, "--", "rounds", "anew");
        assertEquals(0, slurm.kiln("scale", job.id, "+2").code());
        job.happened("node-2 on ", " has joined");
        job.happened("node-3 on ", " has joined");
        List<ProcessHandle> jvms = job.jvms();
        assertEquals(4, jvms.size());
        job.jvm(false).destroyForcibly();
        Slurm.Job.ended(jvms);
        job.happened("goes on without node-", "kiln scale adds nodes again");
        Slurm.until("the next start of the job", () -> {
            try {
                job.startAgain();
                return job.status().out().contains("start 2");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Files.createFile(folder.resolve("anew"));
        ended(job, "done", 0);
        assertEquals("nodes 2\nnodes 2\nright true rounds\n", job.printed(0));
        slurm.leftNothingRunning();
    }

    @Test
    void a_job_over_its_time_limit_says_so() throws Exception {
        Slurm.Job job = slurm.submit("--partition", "short", "--time", "1", program);
        ended(job, "timeout: it reached its time limit of 00:01:00", 3);
        slurm.leftNothingRunning();
    }

    @Test
    void over_three_time_limits_a_job_gives_what_one_run_gives_and_repeats_nothing_that_it_kept() throws Exception {
        String steps = Program.jar(folder, "Steps", ResumeIT.STEPS, "Steps").toString();
        Path ledger = folder.resolve("ledger");
        Slurm.Job job = slurm.submit(
                "--nodes",
                "2",
                "--time",
                "2",
                "--checkpoint-before",
                "90s",
                "--resume",
                "40",
                steps,
                "--",
                ledger.toString(),
                "110",
                "500");
        // Where starting takes much of a time limit, it takes many of them.
        Slurm.until("the end of job " + job.id, Duration.ofMinutes(30), () -> {
            try {
                job.startAgain();
                return job.status().out().contains("\nexit ");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        ended(job, "done", 0);
        assertTrue(job.printed(0).contains(ResumeIT.sum(110)), job.printed(0));
        assertTrue(job.printed(0).contains(" repeated 0\n"), job.printed(0));
        int times =
                Integer.parseInt(Files.readString(job.run.resolve("resumes")).strip());
        assertTrue(times >= 3, times + " time limits");
        // Those that ran when the time was over, or ended while the checkpoint was written, run again; no others do.
        int again = ResumeIT.doneAgain(ledger);
        assertTrue(again <= 2 * 2 * times, again + " steps were done again, after " + times + " time limits");
        slurm.leftNothingRunning();
    }

    @Test
    void tasks_of_an_array_run_two_at_a_time_and_what_comes_after_waits_for_all() throws Exception {
        Ran array = slurm.kiln("submit", "--array", "1-6%2", program, "--", "{task}");
        assertEquals(0, array.code(), array.err());
        String id = array.out().strip();
        Ran after = slurm.kiln("submit", "--after", id, "--follow", program, "--", "after");
        assertEquals(0, after.code(), after.err());
        assertEquals("nodes 1\nright true after\n", after.out());
        Ran logs = slurm.kiln("logs", id);
        for (int task = 1; task <= 6; task++) {
            assertTrue(logs.out().contains("right true " + task + "\n"), logs.out());
        }
        assertTrue(slurm.kiln("status", id).out().contains("state   done"));
        assertTrue(slurm.kiln("status", id + "_3").out().startsWith("job     " + id + "_3\nstate   done"));
        slurm.leftNothingRunning();
        for (String secret : List.of("token", "keys.p12")) {
            assertFalse(Files.exists(run(array).resolve(secret)), secret);
        }
    }

    @Test
    void what_waits_for_the_success_of_a_job_that_failed_is_cancelled() throws Exception {
        Ran failing = slurm.kiln("submit", program, "--", "fail");
        Ran after = slurm.kiln("submit", "--after", failing.out().strip(), "--wait", program, "--", "after");
        assertEquals(130, after.code(), after.err());
        assertEquals(7, slurm.kiln("status", failing.out().strip()).code());
        slurm.leftNothingRunning();
    }

    @Test
    void a_job_uses_an_allocation_that_is_there() throws Exception {
        Ran ran = slurm.ask(
                "salloc",
                "--nodes=2",
                "--mem=900M",
                Distribution.built().home.resolve("bin/kiln").toString(),
                "submit",
                "--backend",
                "allocation",
                "--nodes",
                "2",
                "--follow",
                "--interface",
                "127.0.0.0/8",
                program,
                "--",
                "in salloc");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("nodes 2\nright true in salloc\n", ran.out());
        slurm.leftNothingRunning();
    }

    @Test
    void ten_in_a_row_leave_nothing() throws Exception {
        for (int i = 0; i < 10; i++) {
            Ran ran = slurm.kiln("submit", "--nodes", "2", "--follow", program, "--", "round " + i);
            assertEquals(0, ran.code(), ran.err());
            assertEquals("nodes 2\nright true round " + i + "\n", ran.out());
            slurm.leftNothing();
        }
    }

    @Test
    void slurm_itself_is_asked_whether_it_would_run_a_job() throws Exception {
        Ran check = slurm.kiln("submit", "--check", "--nodes", "2", program);
        assertEquals(0, check.code(), check.err());
        assertTrue(check.out().contains("to start at"), check.out());
        Ran refused = slurm.kiln("submit", "--check", "--nodes", "20", program);
        assertEquals(2, refused.code());
        assertEquals(1, refused.err().lines().count(), refused.err());
    }
}
