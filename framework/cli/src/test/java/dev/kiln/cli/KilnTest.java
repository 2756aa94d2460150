package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.TaskFailedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class KilnTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Kiln kiln(Clusters clusters) {
        return new Kiln(
                clusters,
                new StandardConsole(
                        new PrintWriter(out, true), new PrintWriter(err, true), Terminal.NONE, InstantSource.system()));
    }

    private static Clusters failing(RuntimeException failure) {
        return options -> {
            throw failure;
        };
    }

    private int run(RuntimeException failure, String... args) {
        return kiln(failing(failure)).run(args);
    }

    @Test
    void without_a_command_it_prints_its_help() {
        assertEquals(0, run(new NotWanted()));
        assertTrue(out.toString().startsWith("Usage: kiln"), out.toString());
    }

    @Test
    void the_version_names_java_too() {
        assertEquals(0, run(new NotWanted(), "--version"));
        assertTrue(out.toString().matches("kiln .*, Java 2.*\\R"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctro|unmatched argument at index 0: 'doctro'; did you mean doctor",
                "doctor --jsn|unknown option: '--jsn'; did you mean --json?",
                "run --nodes two x.jar|invalid value for option '--nodes': 'two' is not an int",
                "run|missing required parameter: 'APP.jar",
                "completion fish|SHELL fish: expected bash or zsh"
            })
    void wrong_usage_is_one_line_that_helps(String command, String line) {
        assertEquals(2, run(new NotWanted(), command.split(" ")));
        assertTrue(err.toString().startsWith("kiln: " + line), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void every_kind_of_failure_has_its_code_and_one_line() {
        record Case(RuntimeException failure, int code, String line) {}
        for (Case c : List.of(
                new Case(new UsageException("--port 47500 is taken"), 2, "kiln: --port 47500 is taken"),
                new Case(new TaskFailedException(List.of("sum#3"), "boom", null), 1, "kiln: task sum#3 failed: boom"),
                new Case(
                        new ClusterFailedException("node 1 died", new IllegalStateException()), 3, "kiln: node 1 died"),
                new Case(
                        new IllegalStateException("first\n  second"),
                        3,
                        "kiln: kiln launch failed: IllegalStateException: first; second; --verbose prints where"))) {
            err.getBuffer().setLength(0);
            assertEquals(c.code(), run(c.failure(), "launch"));
            assertEquals(c.line() + System.lineSeparator(), err.toString());
        }
    }

    @Test
    void verbose_adds_the_stack_trace() {
        assertEquals(2, run(new UsageException("no"), "launch", "--verbose"));
        assertTrue(err.toString().contains("\tat dev.kiln.cli.KilnTest"), err.toString());
    }

    @Test
    void every_command_has_a_description_and_an_example() {
        Deque<CommandLine> left =
                new ArrayDeque<>(List.of(kiln(failing(new NotWanted())).commandLine()));
        var without = new ArrayList<String>();
        while (!left.isEmpty()) {
            CommandLine line = left.pop();
            left.addAll(line.getSubcommands().values());
            var usage = line.getCommandSpec().usageMessage();
            if (usage.description().length == 0
                    || !String.join("\n", usage.footer()).contains("Example")) {
                without.add(line.getCommandSpec().qualifiedName());
            }
        }
        assertEquals(List.of(), without);
    }

    @Test
    void doctor_speaks_json() {
        int code = run(new NotWanted(), "doctor", "--json");
        assertTrue(code == 0 || code == 3);
        assertTrue(out.toString().startsWith("{\"ok\":"), out.toString());
        assertEquals(1, out.toString().lines().count());
        assertFalse(out.toString().isBlank());
    }

    @Test
    void doctor_says_a_line_for_each_thing() {
        run(new NotWanted(), "doctor");
        assertEquals(7, out.toString().lines().count(), out.toString());
    }

    @Test
    void completion_knows_the_commands() {
        assertEquals(0, run(new NotWanted(), "completion"));
        assertTrue(out.toString().contains("doctor"));
    }

    /** The command was not to start a cluster. */
    private static final class NotWanted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
