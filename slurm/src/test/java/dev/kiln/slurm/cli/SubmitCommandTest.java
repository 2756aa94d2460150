package dev.kiln.slurm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kiln submit} asks of Slurm, and what it refuses before it asks. */
final class SubmitCommandTest {

    @TempDir
    private Path folder;

    private Session session;

    @BeforeEach
    void begin() throws IOException {
        session = new Session(folder.toRealPath());
    }

    private String script(String... options) {
        var words = Stream.concat(
                        Stream.of("submit", "--dry-run"), Stream.concat(Stream.of(options), Stream.of("app.jar")))
                .toArray(String[]::new);
        assertEquals(0, session.run(words), session.complaints());
        return session.printed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nodes 4|--nodes=4",
                "--nodes 4 --min-nodes 2|--nodes=2-4",
                "--time 1:00:00|--time=1:00:00",
                "--cpus-per-node 8|--cpus-per-task=8",
                "--mem-per-node 16g|--mem=16384M",
                "--partition main|--partition=main",
                "--account a1|--account=a1",
                "--qos debug|--qos=debug",
                "--constraint avx512|--constraint=avx512",
                "--gres gpu:2|--gres=gpu:2",
                "--reservation r1|--reservation=r1",
                "--exclusive|--exclusive",
                "--nodelist n[1-2]|--nodelist=n[1-2]",
                "--exclude n3|--exclude=n3",
                "--switches 1@10:00|--switches=1@10:00",
                "--job-name first|--job-name=first",
                "--array 0-9%3|--array=0-9%3",
                "--het nodes=2,mem-per-node=4g|hetjob",
                "--het nodes=2,mem-per-node=4g|--mem=4096M",
                "--nodes 3 --het nodes=2,constraint=fat|--nodes=2",
                "--after 12|--dependency=afterok:12",
                "--after 12:any --after 13:notok|--dependency=afterany:12,afternotok:13",
                "--after 12|--kill-on-invalid-dep=yes",
                "--sbatch-arg --mail-type=END|--mail-type=END",
                "--on-worker-loss requeue|--requeue",
                "--on-worker-loss fail|--no-requeue",
                "--checkpoint-before 5m --resume 3|--signal=B:USR1@300",
                "--checkpoint-before 5m --resume 3|--requeue"
            })
    void each_option_asks_slurm_for_what_it_says(String options, String directive) {
        String script = script(options.split(" "));
        assertTrue(script.lines().anyMatch(("#SBATCH " + directive)::equals), script);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prologue ulimit|ulimit",
                "--interface ib0|export KILN_JOB_INTERFACE=ib0",
                "--on-worker-loss fail|export KILN_JOB_LOSS=fail",
                "--nodes 3 --min-nodes 2|export KILN_JOB_LEAST=2",
                "--nodes 3 --het nodes=2|export KILN_JOB_NODES=5",
                "--backend allocation|export KILN_JOB_OVERLAP=yes",
                "--backend local --cpus-per-node 2|export KILN_JOB_SLOTS=2",
                "--backend local --time 2|export KILN_JOB_SECONDS=120",
                "--checkpoint-before 90s --resume 3|export KILN_JOB_BEFORE=90",
                "--checkpoint-before 90s --resume 3|export KILN_JOB_RESUMES=3"
            })
    void each_option_for_the_script_is_in_it(String options, String line) {
        session.environment.put("SLURM_JOB_ID", "1");
        String script = script(options.split(" "));
        assertTrue(script.lines().anyMatch(line::equals), script);
    }

    @Test
    void a_module_that_cannot_be_loaded_is_noted_for_the_job_to_fail_with() {
        String script = script("--module", "java/25");
        assertTrue(script.contains("\nmodule load java/25 || export KILN_JOB_WRONG='module load java/25'\n"), script);
    }

    @Test
    void a_dry_run_prints_the_whole_script_and_leaves_nothing() throws IOException {
        assertEquals(
                0,
                session.run(
                        "submit",
                        "--dry-run",
                        "--nodes",
                        "2",
                        "--logs",
                        "there",
                        "app.jar",
                        "App",
                        "--",
                        "it's",
                        "--nodes"));
        String at = session.folder + "/there/app-20261121-080000-00ff";
        assertEquals("""
                #!/bin/bash
                #SBATCH --job-name=app
                #SBATCH --nodes=2
                #SBATCH --ntasks-per-node=1
                #SBATCH --no-kill
                #SBATCH --no-requeue
                #SBATCH --output=<run>/job.log
                #SBATCH --open-mode=append

                # The variables of the shell that submitted this job, but for Slurm's own.
                set -a
                . <run>/environment
                set +a

                export KILN_JOB=<run>
                export KILN_JOB_DIRECTORY=<here>
                export KILN_JOB_NODES=2
                export KILN_JOB_LEAST=2
                export KILN_JOB_JOIN=120
                export KILN_JOB_LOSS=continue

                exec <here>/kiln/bin/kiln-job run <here>/app.jar App -- 'it'\\''s' --nodes
                """.replace("<run>", at).replace("<here>", session.folder.toString()), session.printed());
        assertEquals(List.of(), session.runs());
    }

    @Test
    void a_command_of_kiln_can_be_submitted_too() {
        assertEquals(0, session.run("submit", "--dry-run", "--", "csvm", "train", "data.csv"));
        assertTrue(session.printed().endsWith("kiln-job csvm train data.csv\n"), session.printed());
        assertTrue(session.printed().contains("--job-name=csvm\n"), session.printed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.jar|none.jar: no such jar",
                "site.yaml|site.yaml: this is no jar",
                "--nodes 0 app.jar|--nodes 0",
                "--nodes 2 --min-nodes 3 app.jar|--min-nodes 3: expected 1 to 2",
                "--time soon app.jar|--time soon: expected minutes",
                "--partition dark app.jar|--partition dark: this cluster has main, short",
                "--partition short --time 10 app.jar|lets a job run for 2:00 at most",
                "--nodes 5 app.jar|--nodes 5: no partition of this cluster has more than 4",
                "--nodes 5 --partition main app.jar|--nodes 5: partition main has no more than 4",
                "--nodes 3 --cpus-per-node 8 app.jar|has more than 2 with 8 processors, as --cpus-per-node says",
                "--het nodes=1,cpus-per-node=9 app.jar|has more than 0 with 9 processors",
                "--logs app.jar app.jar|app.jar is a file; name another folder with --logs",
                "--cpus-per-node 0 app.jar|--cpus-per-node 0: expected a number of processors",
                "--mem-per-node 100 app.jar|--mem-per-node 100: expected a size",
                "--mem-per-node 100m app.jar|--mem-per-node 100m: expected at least 512m",
                "--array a-b app.jar|--array a-b: expected numbers",
                "--array 9-0 app.jar|--array 9-0: expected the smaller number first",
                "--array 0-9:0 app.jar|--array 0-9:0: expected numbers",
                "--after nobody app.jar|no job nobody",
                "--after 12:soon app.jar|--after 12:soon: expected JOB, JOB:ok, JOB:any or JOB:notok",
                "--switches many app.jar|--switches many: expected a number of switches",
                "--interface 10.1.0.0/33 app.jar|--interface 10.1.0.0/33: expected an interface such as ib0, or a range",
                "--interface a/b app.jar|--interface a/b: expected an interface",
                "--het nodes=0 app.jar|--het nodes=0: expected nodes=N and settings",
                "--het mem-per-node=1 app.jar|--mem-per-node 1: expected a size",
                "--nodes two app.jar|Invalid value for option '--nodes': 'two' is not an int",
                "--check --backend local app.jar|--check asks Slurm, and so needs --backend slurm",
                "--job-name a/b app.jar|--job-name a/b",
                "--checkpoint-before soon app.jar|--checkpoint-before soon: expected a time such as 30s, 5m or 1h",
                "--checkpoint-before 20h app.jar|--checkpoint-before 20h: expected at most 65535s",
                "--checkpoint-before 5m --time 5 app.jar|expected less than the time of the job, --time 5",
                "--resume 2 app.jar|--resume 2: expected --checkpoint-before TIME with it",
                "--checkpoint-before 5m --resume -1 app.jar|--resume -1: expected 0 or more",
                "--sbatch-arg x app.jar|--sbatch-arg x: expected an option",
                "--profile none.yaml app.jar|none.yaml: no such file",
                "--on-worker-loss cry app.jar|expected continue, fail, requeue, found cry",
                "--backend moon app.jar|expected slurm, allocation, local, found moon",
                "--backend allocation app.jar|begin one with salloc",
                "--backend local --array 1-2 app.jar|--array needs --backend slurm",
                "app.jar Main more|unexpected more; arguments of the program go after --",
                "-- doctor|expected APP.jar, or behind -- one of csvm, cluster serve, found doctor"
            })
    void what_cannot_be_is_told_in_one_line_before_anything_is_submitted(String words, String complaint)
            throws IOException {
        assertEquals(2, session.run(("submit " + words).split(" ")));
        assertTrue(session.complaints().contains(complaint), session.complaints());
        assertEquals(1, session.complaints().lines().count(), session.complaints());
        assertEquals(List.of(), session.runs());
    }

    @Test
    void without_sbatch_one_is_told_where_to_go() throws IOException {
        session.environment.put("PATH", "/nowhere");
        assertEquals(2, session.run("submit", "app.jar"));
        assertTrue(session.complaints().contains("run with --backend local, or on a login node"), session.complaints());
    }

    @Test
    void a_jar_that_other_nodes_do_not_see_is_refused() throws IOException {
        Files.writeString(session.folder.resolve("site.yaml"), "shared: [/gpfs]\n");
        assertEquals(2, session.run("submit", "app.jar"));
        assertTrue(
                session.complaints().contains("is not on a shared path: expected it in /gpfs"), session.complaints());
    }

    @Test
    void a_job_that_slurm_refuses_leaves_no_folder() throws IOException {
        session.program("sbatch", "echo 'sbatch: error: Batch job submission failed: Invalid account' >&2; exit 1");
        assertEquals(2, session.run("submit", "app.jar"));
        assertEquals("kiln: Slurm refuses the job: Invalid account\n", session.complaints());
        assertEquals(List.of(), session.runs());
    }

    @Test
    void a_job_that_is_not_there_cannot_be_waited_for() throws IOException {
        session.program("scontrol", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
        assertEquals(2, session.run("submit", "--after", "12", "app.jar"));
        assertEquals(
                "kiln: --after 12: Slurm knows no such job; if it has ended, leave it out\n", session.complaints());
        assertEquals(List.of(), session.runs());
    }

    @Test
    void what_sbatch_does_not_know_is_named() throws IOException {
        session.program(
                "sbatch",
                "echo \"sbatch: unrecognized option '--no'\" >&2; echo 'Try \"sbatch --help\" for more information' >&2;"
                        + " exit 1");
        assertEquals(2, session.run("submit", "--sbatch-arg", "--no", "app.jar"));
        assertEquals("kiln: Slurm refuses the job: unrecognized option '--no'\n", session.complaints());
    }

    @Test
    void a_submitted_job_has_a_folder_with_secrets_that_only_its_owner_reads() throws IOException {
        session.environment.put("SLURM_JOB_ID", "99");
        session.environment.put("SECRET", "it's");
        session.program("sbatch", "test -z \"$SLURM_JOB_ID\" && echo 4711");
        assertEquals(0, session.run("submit", "app.jar"), session.complaints());
        assertEquals("4711\n", session.printed());
        Path run = session.runs().getFirst();
        for (String secret : List.of("token", "keys.p12", "environment")) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(run.resolve(secret)),
                    secret);
        }
        String variables = Files.readString(run.resolve("environment"));
        assertTrue(variables.contains("SECRET='it'\\''s'\n"), variables);
        assertFalse(variables.contains("SLURM_JOB_ID"), variables);
        assertEquals(0, session.run("jobs"));
        assertEquals("4711  pending    " + run + "\n", session.printed());
        assertEquals(0, session.run("status", "4711"));
        assertTrue(session.printed().contains("state   pending: Resources\n"), session.printed());
        assertEquals(0, session.run("cancel", run.getFileName().toString()));
        assertEquals("4711\n", Files.readString(session.folder.resolve("cancelled")));
    }

    @Test
    void a_job_that_waits_for_what_never_comes_is_cancelled_and_not_waited_for() throws IOException {
        session.program(
                "scontrol",
                "[ -e " + session.folder.resolve("cancelled")
                        + " ] && echo 'JobId=4711 JobState=CANCELLED ExitCode=0:0' ||"
                        + " echo 'JobId=4711 JobState=PENDING Reason=DependencyNeverSatisfied ExitCode=0:0'");
        assertEquals(130, session.run("submit", "--wait", "--after", "12", "app.jar"));
        assertTrue(
                session.complaints().contains("waits: DependencyNeverSatisfied, which will not change by itself"),
                session.complaints());
    }

    @Test
    void waiting_ends_with_the_result_of_the_program_and_what_it_printed() throws IOException {
        session.program(
                "scontrol",
                "for run in " + session.folder
                        + "/runs/app*; do echo hello >$run/logs/rank-0.out; echo 'exit=5\ncause=it"
                        + " ended with exit code 5' >$run/result; done; echo 'JobId=4711 JobState=FAILED ExitCode=5:0'");
        assertEquals(5, session.run("submit", "--follow", "app.jar"));
        assertEquals("hello\n", session.printed());
        assertTrue(
                session.complaints().endsWith("kiln: job 4711 failed: it ended with exit code 5\n"),
                session.complaints());
        assertEquals(0, session.run("logs", "4711"));
        assertEquals("hello\n", session.printed());
        assertEquals(2, session.run("logs", "4711", "--rank", "1"));
    }

    @Test
    void check_asks_slurm_and_submits_nothing() throws IOException {
        session.program("sbatch", "[ \"$1\" = --test-only ] && echo 'sbatch: Job 5 to start at noon on nodes n1' >&2");
        assertEquals(0, session.run("submit", "--check", "app.jar"));
        assertEquals("Job 5 to start at noon on nodes n1\n", session.printed());
        assertEquals(List.of(), session.runs());
    }

    @Test
    void a_task_of_an_array_is_a_job_for_all_commands() throws IOException {
        assertEquals(0, session.run("submit", "--array", "1-5:2%1", "app.jar"), session.complaints());
        Path run = session.runs().getFirst();
        Path task = Files.createDirectories(run.resolve("task-3"));
        Files.createDirectories(task.resolve("logs"));
        Files.writeString(task.resolve("logs/rank-0.out"), "three\n");
        session.program(
                "scontrol",
                "[ \"$4\" = 4711_3 ] && echo 'JobId=4713 ArrayJobId=4711 ArrayTaskId=3 JobState=RUNNING ExitCode=0:0'"
                        + " || echo 'JobId=4711 ArrayTaskId=5 JobState=PENDING Reason=JobArrayTaskLimit ExitCode=0:0'");
        assertEquals(0, session.run("status", "4711_3"), session.complaints());
        assertTrue(session.printed().startsWith("job     4711_3\nstate   running\n"), session.printed());
        assertEquals(0, session.run("logs", "4711_3"), session.complaints());
        assertEquals("three\n", session.printed());
        assertEquals(0, session.run("status", task.toString()), session.complaints());
        assertTrue(session.printed().startsWith("job     4711_3\n"), session.printed());
        assertEquals(0, session.run("status", "4711_5"), session.complaints());
        assertTrue(session.printed().contains("state   pending: JobArrayTaskLimit\n"), session.printed());
        assertEquals(2, session.run("status", "4711_2"));
        assertTrue(session.complaints().startsWith("kiln: no job 4711_2: "), session.complaints());
        assertEquals(0, session.run("cancel", "4711_3"), session.complaints());
        assertEquals("4711_3\n", Files.readString(session.folder.resolve("cancelled")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "logs", "cancel", "attach", "scale"})
    void a_job_that_is_not_there_is_told_of_in_one_line(String command) throws IOException {
        for (String job : List.of("4711", "nobody", "/", "", "4711_1", "none/here")) {
            assertEquals(2, command.equals("scale") ? session.run(command, job, "+1") : session.run(command, job));
            assertEquals(
                    "kiln: no job " + job + ": expected the folder of a run, or the number or the name of one that"
                            + " kiln jobs lists; it lists none\n",
                    session.complaints());
        }
    }

    @Test
    void jobs_are_listed_where_slurm_is_not_to_be_had() throws IOException {
        assertEquals(0, session.run("submit", "app.jar"), session.complaints());
        session.environment.put("PATH", "/nowhere");
        assertEquals(0, session.run("jobs"));
        assertTrue(session.printed().startsWith("4711  unknown    "), session.printed());
        assertTrue(session.complaints().startsWith("kiln: there is no scontrol on PATH"), session.complaints());
        assertEquals(1, session.complaints().lines().count());
        assertEquals(2, session.run("status", "4711"));
        assertEquals(1, session.complaints().lines().count());
    }

    @Test
    void the_folder_of_a_run_that_is_damaged_is_read_as_far_as_it_makes_sense() throws IOException {
        assertEquals(0, session.run("submit", "app.jar"), session.complaints());
        Path run = session.runs().getFirst();
        Files.writeString(run.resolve("result"), "exit=many\n");
        Files.writeString(run.resolve("pid"), "none\n");
        Files.writeString(run.resolve("status"), "time\nnode x\n");
        Files.writeString(run.resolve("submitted"), "job=4711\nbackend=moon\n");
        assertEquals(0, session.run("status", "4711"), session.complaints());
        assertTrue(session.printed().contains("state   pending: Resources\n"), session.printed());
        assertEquals(0, session.run("jobs"), session.complaints());
    }
}
