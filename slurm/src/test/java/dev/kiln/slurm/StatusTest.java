package dev.kiln.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first cause is named, whoever knows it. */
final class StatusTest {

    private static final Optional<Run.Result> NO_RESULT = Optional.empty();
    private static final Optional<String> NOT_STOPPED = Optional.empty();

    private static Optional<Run.Result> result(int exit, String cause) {
        return Optional.of(new Run.Result(exit, cause));
    }

    private static Optional<JobInfo> info(String state, String reason, String exit) {
        return Optional.of(JobInfo.parse("JobId=7 JobName=x JobState=" + state + " Reason=" + reason
                + " Dependency=(null) ExitCode=" + exit + " TimeLimit=00:05:00 NodeList=(null)"));
    }

    private static void is(Status.State state, int exit, String cause, Status found) {
        assertEquals(new Status(state, exit, cause), found);
    }

    @Test
    void a_job_waits_then_runs_then_is_done() {
        is(
                Status.State.PENDING,
                0,
                "Resources",
                Status.of(NO_RESULT, NOT_STOPPED, info("PENDING", "Resources", "0:0"), false));
        is(Status.State.RUNNING, 0, "", Status.of(NO_RESULT, NOT_STOPPED, info("RUNNING", "None", "0:0"), false));
        is(Status.State.DONE, 0, "", Status.of(result(0, ""), NOT_STOPPED, info("COMPLETED", "None", "0:0"), false));
    }

    @Test
    void the_programs_own_exit_code_goes_before_what_slurm_says() {
        is(
                Status.State.FAILED,
                7,
                "it ended with exit code 7",
                Status.of(
                        result(7, "it ended with exit code 7"),
                        Optional.of("CANCELLED"),
                        info("CANCELLED", "None", "0:15"),
                        false));
    }

    @Test
    void what_slurm_did_goes_before_the_signal_that_came_of_it() {
        var killed = result(143, "it was stopped (signal 15)");
        is(
                Status.State.TIMEOUT,
                3,
                "it reached its time limit of 00:05:00",
                Status.of(killed, NOT_STOPPED, info("TIMEOUT", "TimeLimit", "0:15"), false));
        is(
                Status.State.CANCELLED,
                130,
                "it was cancelled",
                Status.of(killed, NOT_STOPPED, info("CANCELLED", "None", "0:15"), false));
        assertEquals(
                "a node had too little memory: give --mem-per-node more",
                Status.of(killed, NOT_STOPPED, info("OUT_OF_MEMORY", "None", "0:125"), false)
                        .cause());
    }

    @Test
    void what_the_script_noted_lasts_when_slurm_has_forgotten_the_job() {
        var killed = result(143, "it was stopped (signal 15)");
        is(
                Status.State.TIMEOUT,
                3,
                "it reached its time limit",
                Status.of(killed, Optional.of("TIMEOUT"), Optional.empty(), false));
        is(Status.State.DONE, 0, "", Status.of(result(0, ""), NOT_STOPPED, Optional.empty(), false));
    }

    @Test
    void a_driver_killed_by_somebody_is_told_as_such() {
        is(
                Status.State.FAILED,
                137,
                "it was killed (signal 9)",
                Status.of(
                        result(137, "it was killed (signal 9)"), NOT_STOPPED, info("FAILED", "None", "137:0"), false));
    }

    @Test
    void a_job_that_ended_without_a_result_failed() {
        assertEquals(
                "its script was killed (signal 9)",
                Status.of(NO_RESULT, NOT_STOPPED, info("FAILED", "None", "0:9"), false)
                        .cause());
        assertTrue(Status.of(NO_RESULT, NOT_STOPPED, info("FAILED", "None", "0:53"), false)
                .cause()
                .contains("output"));
        assertEquals(
                3, Status.of(NO_RESULT, NOT_STOPPED, Optional.empty(), false).exit());
        assertEquals(
                Status.State.RUNNING,
                Status.of(NO_RESULT, NOT_STOPPED, Optional.empty(), true).state());
    }

    @Test
    void a_job_that_begins_anew_waits_whatever_its_last_run_left() {
        is(
                Status.State.PENDING,
                0,
                "BeginTime",
                Status.of(
                        result(3, "node-1 is lost"),
                        Optional.of("CANCELLED"),
                        info("PENDING", "BeginTime", "0:0"),
                        false));
    }

    @Test
    void a_reason_that_never_clears_is_hopeless() {
        assertTrue(Status.of(NO_RESULT, NOT_STOPPED, info("PENDING", "PartitionTimeLimit", "0:0"), false)
                .hopeless());
        assertFalse(Status.of(NO_RESULT, NOT_STOPPED, info("PENDING", "Priority", "0:0"), false)
                .hopeless());
    }

    @Test
    void an_array_is_what_its_tasks_are_together() {
        var done = new Status(Status.State.DONE, 0, "");
        var failed = new Status(Status.State.FAILED, 5, "it ended with exit code 5");
        var waits = new Status(Status.State.PENDING, 0, "JobArrayTaskLimit");
        assertEquals(done, Jobs.together(List.of(done, done)));
        assertEquals(failed, Jobs.together(List.of(done, failed)));
        assertEquals(waits, Jobs.together(List.of(failed, waits)));
    }
}
