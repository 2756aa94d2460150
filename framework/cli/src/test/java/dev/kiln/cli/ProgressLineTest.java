package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.tasks.WorkflowStats;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {

    private static String line(WorkflowStats stats, long doneAtStart, long millis, String note, int width) {
        return ProgressLine.text(
                "training", ProgressLine.Amount.of(stats), doneAtStart, Duration.ofMillis(millis), note, width);
    }

    @Test
    void what_is_not_a_workflow_counts_in_its_own_unit() {
        var amount = new ProgressLine.Amount("epochs", 12, 100, -1, 0);
        assertEquals(
                "training [##------------------] 12/100 epochs, 24/s, 4 s left, loss 0.01",
                ProgressLine.text("training", amount, 0, Duration.ofMillis(500), "loss 0.01", 200));
    }

    @Test
    void says_how_much_is_done_how_fast_and_how_long_it_will_take() {
        assertEquals(
                "training [#####---------------] 250/1000 tasks, 4 running, 50/s, 15 s left, round 3",
                line(new WorkflowStats(1000, 250, 0, 4, 0, 0), 0, 5000, "round 3", 200));
    }

    @Test
    void tasks_done_before_it_began_do_not_count_for_the_rate() {
        assertEquals(
                "training [##########----------] 500/1000 tasks, 1 running, 5.0/s, 1:40 min left",
                line(new WorkflowStats(1000, 500, 0, 1, 0, 0), 490, 2000, "", 200));
    }

    @Test
    void before_anything_is_known_it_claims_nothing() {
        assertEquals(
                "training [--------------------] 0/0 tasks, 0 running",
                line(new WorkflowStats(0, 0, 0, 0, 0, 0), 0, 0, "", 200));
    }

    @Test
    void failed_tasks_are_finished_and_named() {
        assertEquals(
                "training [####################] 10/10 tasks, 0 running, 10/s, 3 failed",
                line(new WorkflowStats(10, 7, 3, 0, 0, 0), 0, 1000, "", 200));
    }

    @Test
    void hours_are_hours() {
        assertEquals(
                "training [--------------------] 1/10001 tasks, 1 running, 1.0/s, 2:46 h left",
                line(new WorkflowStats(10_001, 1, 0, 1, 0, 0), 0, 1000, "", 200));
    }

    @Test
    void a_line_never_wraps() {
        assertEquals("training [#", line(new WorkflowStats(2, 2, 0, 0, 0, 0), 0, 1000, "", 11));
    }
}
