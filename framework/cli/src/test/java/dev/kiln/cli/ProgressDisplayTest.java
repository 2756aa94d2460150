package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.WorkflowStats;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {

    private static final Instant START = Instant.EPOCH;

    private final StringWriter written = new StringWriter();
    private WorkflowStats stats = new WorkflowStats(4, 1, 0, 2, 0, 0);

    private ProgressDisplay display(Terminal terminal) {
        return new ProgressDisplay(
                "working", () -> ProgressLine.Amount.of(stats), new PrintWriter(written), terminal, START);
    }

    @Test
    void on_a_terminal_a_line_is_redrawn_and_cleared_at_the_end() {
        var display = display(new Terminal(true, true, true, 80));
        display.draw("", START.plusMillis(100));
        stats = new WorkflowStats(4, 4, 0, 0, 0, 0);
        display.draw("", START.plusMillis(200));
        display.clear();
        String[] drawn = written.toString().split("\r\033\\[K", -1);
        assertEquals(4, drawn.length);
        assertTrue(drawn[1].startsWith("working [#####---------------] 1/4 tasks"), drawn[1]);
        assertTrue(drawn[2].startsWith("working [####################] 4/4 tasks"), drawn[2]);
        assertEquals("", drawn[3]);
    }

    @Test
    void off_a_terminal_a_line_is_printed_every_ten_seconds() {
        var display = display(Terminal.NONE);
        for (int tick = 1; tick <= 250; tick++) {
            display.draw("", START.plusMillis(tick * 100L));
        }
        display.clear();
        assertEquals(2, written.toString().lines().count());
        assertTrue(written.toString().lines().allMatch(line -> line.startsWith("working [")));
    }

    @Test
    void what_was_never_drawn_leaves_nothing() {
        display(new Terminal(true, true, true, 80)).clear();
        assertEquals("", written.toString());
    }
}
