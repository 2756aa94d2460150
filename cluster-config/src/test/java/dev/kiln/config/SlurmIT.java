package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs on a real Slurm: their results, what their user sees when something ends them, and that nothing is left of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlurmIT {

    private Path folder = Path.of("");
    private Slurm slurm;
    private String program;

    /** It waits for ever, or for so many rounds of tasks on all nodes. */
    private static final String PROGRAM = """
            import dev.kiln.tasks.*;
            import java.nio.file.*;
            public class Rounds {
                @Task static int forever() throws Exception { new java.util.concurrent.Semaphore(0).acquire(); return 0; }
                @Task static int one(int x) { return x; }
                public static void main(String[] args) throws Exception {
                    try (var wf = Workflow.open()) {
                        System.out.println("nodes " + wf.nodes().size());
                        if (args.length == 0) wf.task(Rounds::forever).submit().get();
                        if (args[0].equals("fail")) System.exit(7);
                        int sum = 0;
                        do {
                            for (int i = 0; i < 8; i++) {
                                sum += wf.task(Rounds::one).on(Placement.shard(i)).submit(Arg.value(1)).get();
                            }
                        } while (args.length > 1 && !Files.exists(Path.of(args[1])));
                        System.out.println("right " + (sum > 0 && sum % 8 == 0) + " " + args[0]);
                    }
                }
            }
            """;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given.toRealPath();
        slurm = Slurm.start(folder);
        program = Program.jar(folder, "Rounds", PROGRAM, "Rounds").toString();
    }

    /** So that a test that fails does not take the nodes from those after it. */
    @AfterEach
    void cancelWhatIsLeft() throws Exception {
        slurm.ask("scancel", "--user=" + System.getProperty("user.name"));
    }

    @AfterAll
    void stop() throws Exception {
        if (slurm != null) {
            slurm.close();
        }
    }

    private static void ended(Slurm.Job job, String state, int exit) throws Exception {
        Ran status = job.end();
        assertEquals(exit, status.code(), status.toString());
        assertTrue(status.out().contains("\nstate   " + state), status.out());
    }

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
        for (ProcessHandle jvm : jvms) {
            jvm.onExit().get(10, TimeUnit.SECONDS);
        }
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
        job.jvm(false).destroyForcibly();
        // Slurm would wait two minutes.
        Slurm.until("the job to wait for its next start", () -> {
            try {
                // Refused when it runs again already.
                slurm.ask("scontrol", "update", "JobId=" + job.id, "StartTime=now");
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
        // Slurm would wait two minutes before each start.
        Slurm.until("the end of job " + job.id, Duration.ofMinutes(8), () -> {
            try {
                slurm.ask("scontrol", "update", "JobId=" + job.id, "StartTime=now");
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
        slurm.leftNothingRunning();
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
    void nodes_join_a_running_job_and_leave_it_and_none_outlives_it() throws Exception {
        String elastic =
                Program.jar(folder, "Elastic", Elastic.SOURCE, "Elastic").toString();
        Path end = folder.resolve("end");
        Slurm.Job job = slurm.submit(elastic, "--", end.toString());
        Ran more = slurm.kiln("scale", job.id, "+2");
        assertEquals(0, more.code(), more.err());
        assertEquals(
                2,
                more.out()
                        .lines()
                        .filter(l -> l.contains("joins when Slurm has a node"))
                        .count());
        job.happened("node-1 on ", " has joined");
        job.happened("node-2 on ", " has joined");
        Ran fewer = slurm.kiln("scale", job.id, "-1");
        assertEquals("node-2 leaves when it has finished what it runs\n", fewer.out(), fewer.err());
        job.happened("node-2 on ", " has left");
        Process attached = slurm.begin("attach", job.id);
        Files.createFile(end);
        ended(job, "done", 0);
        assertEquals("nodes 1\nright true, repeated 0, most 3\n", job.printed(0));
        Ran watched = Ran.end(attached);
        assertEquals(0, watched.code(), watched.err());
        assertTrue(watched.out().contains("has left"), watched.out());
        slurm.leftNothing();
    }

    @Test
    void nodes_of_a_job_need_not_be_alike() throws Exception {
        Ran ran = slurm.kiln(
                "submit", "--het", "nodes=2,cpus-per-node=2,mem-per-node=1200m", "--follow", program, "--", "mixed");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("nodes 3\nright true mixed\n", ran.out());
        String job =
                ran.err().substring(ran.err().indexOf("job ") + 4, ran.err().indexOf(" in "));
        String status = slurm.kiln("status", job).out();
        assertEquals(1, status.lines().filter(l -> l.contains(": 1 slots, ")).count(), status);
        assertEquals(2, status.lines().filter(l -> l.contains(": 2 slots, ")).count(), status);
        assertTrue(
                Pattern.compile("(?m)^begun   first task after \\d+\\.\\d s$")
                        .matcher(status)
                        .find(),
                status);
        slurm.leftNothing();
    }

    @Test
    void a_job_begins_with_fewer_nodes_where_more_are_not_to_be_had() throws Exception {
        slurm.ask("scontrol", "update", "NodeName=n[3-4]", "State=DRAIN", "Reason=test");
        try {
            Ran ran = slurm.kiln("submit", "--nodes", "4", "--min-nodes", "2", "--follow", program, "--", "few");
            assertEquals(0, ran.code(), ran.err());
            assertEquals("nodes 2\nright true few\n", ran.out());
        } finally {
            slurm.ask("scontrol", "update", "NodeName=n[3-4]", "State=RESUME");
        }
        slurm.leftNothing();
    }

    @Test
    void nodes_listen_on_the_interface_that_is_named() throws Exception {
        String why = secondInterface();
        if (why != null) {
            String skipped =
                    "NO SECOND NETWORK INTERFACE CAN BE MADE HERE, SO --interface IS NOT TESTED ON ONE: " + why;
            System.err.println(skipped);
            Assumptions.abort(skipped);
        }
        try {
            Ran ran = slurm.kiln(
                    "submit",
                    "--nodes",
                    "2",
                    "--interface",
                    "kiln0",
                    "--follow",
                    "--on-worker-loss",
                    "fail",
                    program,
                    "--",
                    "there");
            assertEquals(0, ran.code(), ran.err());
            assertEquals("nodes 2\nright true there\n", ran.out());
            String job =
                    ran.err().substring(ran.err().indexOf("job ") + 4, ran.err().indexOf(" in "));
            String status = slurm.kiln("status", job).out();
            assertTrue(status.contains("the cluster is up: 2 nodes, the first on 10.231.17.1"), status);
        } finally {
            slurm.ask("ip", "link", "del", "kiln0");
        }
        slurm.leftNothing();
    }

    /** Makes an interface of that name; returns why it cannot be made, or null. */
    private @Nullable String secondInterface() throws Exception {
        for (String step : List.of(
                "link add kiln0 type veth peer name kiln1", "addr add 10.231.17.1/24 dev kiln0", "link set kiln0 up")) {
            try {
                Ran ran = slurm.ask("ip", step.split(" "));
                if (ran.code() != 0) {
                    return ran.err().strip();
                }
            } catch (IOException e) {
                return e.getMessage();
            }
        }
        return null;
    }

    @Test
    void cancelling_a_job_ends_the_nodes_that_were_added_to_it() throws Exception {
        Slurm.Job job = slurm.submit(program);
        assertEquals(0, slurm.kiln("scale", job.id, "+1").code());
        job.happened("node-1 on ", " has joined");
        List<ProcessHandle> jvms = job.jvms();
        assertEquals(2, jvms.size());
        assertEquals(0, slurm.kiln("cancel", job.id).code());
        for (ProcessHandle jvm : jvms) {
            jvm.onExit().get(10, TimeUnit.SECONDS);
        }
        ended(job, "cancelled", 130);
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
