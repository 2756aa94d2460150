package dev.kiln.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class TasksCommandTest {

    private final StringWriter out = new StringWriter();

    private TasksCommand command(String... args) {
        var command = new TasksCommand(
                new CommandContext(options -> new InlineSession(), new Printed(new PrintWriter(out, true))),
                InlineBackend::workflow);
        new CommandLine(command).parseArgs(args);
        return command;
    }

    @Test
    void as_csv_there_is_a_row_for_every_engine_and_shape() {
        assertEquals(0, command("--tasks", "10", "--repeats", "2", "--csv").call());
        List<String> lines = out.toString().lines().toList();
        assertEquals("engine,bench,n,seconds", lines.getFirst());
        assertEquals(
                List.of(
                        "kiln-local,independent,10",
                        "kiln-local,chain,10",
                        "kiln-ignite-1,independent,10",
                        "kiln-ignite-1,chain,10"),
                lines.stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.lastIndexOf(',')))
                        .toList());
    }

    @Test
    void the_cluster_can_be_left_out() {
        assertEquals(0, command("--tasks", "10", "--local-only").call());
        assertEquals(3, out.toString().lines().count(), out.toString());
        assertTrue(out.toString().lines().skip(1).allMatch(line -> line.startsWith("kiln-local ")));
    }

    @Test
    void numbers_that_cannot_be_are_refused() {
        assertEquals(
                "--tasks 0: expected 1 to 10000000",
                assertThrows(UsageException.class, command("--tasks", "0")::call)
                        .getMessage());
        assertEquals(
                "--repeats 0: expected 1 to 1000",
                assertThrows(UsageException.class, command("--repeats", "0")::call)
                        .getMessage());
    }

    @Test
    void the_median_of_an_even_number_of_runs_is_between_the_two_in_the_middle() {
        // Each run reads the clock twice; the runs last 9 (not counted), 1, 2, 3 and 10 seconds.
        long[] lasts = {9, 1, 2, 3, 10};
        long[] reads = {0, 0};
        var cost = new TaskCost(
                () -> {
                    if (reads[0] % 2 == 1) {
                        reads[1] += lasts[(int) reads[0] / 2] * 1_000_000_000L;
                    }
                    reads[0]++;
                    return reads[1];
                },
                3);
        try (Workflow workflow = InlineBackend.workflow()) {
            assertEquals(2.5, cost.medianSeconds(workflow, TaskCost.Shape.CHAIN, 3, 4));
        }
    }

    private record InlineSession(Workflow workflow) implements Launcher.Session {

        InlineSession() {
            this(InlineBackend.workflow());
        }

        @Override
        public void close() {
            workflow.close();
        }
    }

    private record Printed(PrintWriter out) implements Console {

        @Override
        public PrintWriter err() {
            return out;
        }

        @Override
        public void json(Object value) {
            out.println(value);
        }

        @Override
        public Progress progress(String label, Workflow workflow) {
            throw new UnsupportedOperationException("a benchmark that draws measures its drawing");
        }
    }
}
