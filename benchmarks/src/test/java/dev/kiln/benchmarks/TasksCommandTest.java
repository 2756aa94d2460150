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
import java.util.ArrayList;
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

    private List<String> rows() {
        return out.toString()
                .lines()
                .skip(1)
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
    }

    @Test
    void as_csv_there_is_a_row_for_every_engine_and_bench_and_nothing_else() {
        assertEquals(
                0,
                command("--bench", "independent,chain,tree,stencil", "--tasks", "64", "--repeats", "2", "--csv")
                        .call());
        assertEquals(
                "engine,bench,n,seconds", out.toString().lines().findFirst().orElseThrow());
        List<String> expected = new ArrayList<>();
        for (String engine : List.of("kiln-local", "kiln-ignite-1", "kiln-ignite-2")) {
            expected.add(engine + ",independent,64");
            expected.add(engine + ",chain,64");
            expected.add(engine + ",tree,127");
            expected.add(engine + ",stencil,64");
        }
        assertEquals(expected, rows());
    }

    @Test
    void the_number_of_nodes_can_be_given() {
        assertEquals(
                0,
                command("--bench", "chain", "--tasks", "4", "--nodes", "3", "--csv")
                        .call());
        assertEquals(List.of("kiln-local,chain,4", "kiln-ignite-3,chain,4"), rows());
    }

    @Test
    void what_the_loopback_takes_stands_beside_calls_and_blocks() {
        assertEquals(
                0,
                command(
                                "--bench",
                                "call,blocks-remote,fanout",
                                "--tasks",
                                "2",
                                "--repeats",
                                "1",
                                "--nodes",
                                "1",
                                "--csv")
                        .call());
        assertEquals(
                List.of(
                        "kiln-local,call,1",
                        "kiln-local,fanout,1",
                        "kiln-ignite-1,call,1",
                        "kiln-ignite-1,fanout,1",
                        "tcp,call,1",
                        "tcp,blocks-remote,1",
                        "tcp,fanout,1"),
                rows());
    }

    @Test
    void blocks_are_read_and_their_cost_is_known() {
        assertEquals(
                0,
                command(
                                "--bench",
                                "blocks-local,blocks-having",
                                "--tasks",
                                "2",
                                "--repeats",
                                "1",
                                "--local-only",
                                "--json")
                        .call());
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size(), out.toString());
        for (String line : lines) {
            for (String key : List.of("bytesAllocatedPerTask", "bytesSentPerTask", "collectingMillis")) {
                assertTrue(line.contains(key), line);
            }
        }
    }

    @Test
    void the_smallest_granularity_is_that_of_tasks_which_use_half_of_the_time() {
        // Each look at this clock is 1 ms later, so all that is timed takes 1 ms: 2^18 rounds of work, and 8 tasks.
        long[] now = {0};
        var metg = new Metg(4, 2);
        try (Workflow workflow = InlineBackend.workflow()) {
            double seconds = metg.run(workflow, () -> now[0] += 1_000_000);
            // So a task takes 125 us on one slot, half of which is work at 2^14 rounds.
            assertEquals(125e-6, seconds, 1e-9);
        }
    }

    @Test
    void the_cluster_can_be_left_out() {
        assertEquals(
                0,
                command("--bench", "independent,chain", "--tasks", "10", "--local-only")
                        .call());
        assertEquals(3, out.toString().lines().count(), out.toString());
        assertTrue(out.toString().lines().skip(1).allMatch(line -> line.startsWith("kiln-local ")));
    }

    @Test
    void a_bench_that_there_is_not_is_refused() {
        String message = assertThrows(UsageException.class, command("--bench", "chains")::call)
                .getMessage();
        assertTrue(message.startsWith("--bench chains: expected some of independent, chain, "), message);
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
        try (Workflow workflow = InlineBackend.workflow()) {
            Figure figure = Figure.of("inline", Graphs.chain(3, 3), workflow, 4, () -> {
                if (reads[0] % 2 == 1) {
                    reads[1] += lasts[(int) reads[0] / 2] * 1_000_000_000L;
                }
                reads[0]++;
                return reads[1];
            });
            assertEquals(2.5, figure.seconds());
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
