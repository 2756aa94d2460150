package dev.kiln.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.benchmarks.CallsCommand.Figures;
import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench calls} on nodes inside this JVM. */
@Timeout(600)
final class CallsCommandTest {

    private final StringWriter printed = new StringWriter();
    private final List<Object> json = new ArrayList<>();
    private final LocalCluster cluster = LocalCluster.start(2, 1);

    @AfterEach
    void close() {
        cluster.close();
    }

    private CallsCommand command(String... args) {
        Launcher launcher = options -> {
            var workflow = new Workflow(cluster.open(getClass().getClassLoader()));
            return new Launcher.Session() {
                @Override
                public Workflow workflow() {
                    return workflow;
                }

                @Override
                public void close() {
                    workflow.close();
                }
            };
        };
        var command = new CallsCommand(new CommandContext(launcher, new Kept()));
        new CommandLine(command).parseArgs(args);
        return command;
    }

    @Test
    void calls_of_a_program_are_measured_on_the_last_node_beside_tcp() {
        assertEquals(0, command("--calls", "100").call());
        List<String> lines = printed.toString().lines().toList();
        assertEquals("object on local-1, called by a program", lines.getFirst());
        assertEquals(6, lines.size());
        assertTrue(lines.get(2).matches("read +[\\d.]+ us +[\\d.]+ x TCP"), lines.get(2));
        assertEquals(0, command("--calls", "100", "--json").call());
        Figures figures = (Figures) json.getFirst();
        assertEquals("local-1", figures.node());
        assertTrue(figures.readMicros() > 0 && figures.callsPerSecond() > 0 && figures.megabyteMillis() > 0);
    }

    @Test
    void calls_of_a_client_are_measured_in_a_cluster_that_is_up_and_leave_no_object(@TempDir Path folder)
            throws Exception {
        Path token = folder.resolve("token");
        try (Gateway gateway = Gateway.open(cluster.objects(), new Untouched(), 0, Instant.now())) {
            gateway.contact().write(token);
            assertEquals(
                    0,
                    command("--calls", "100", "--token-file", token.toString()).call());
        }
        assertTrue(printed.toString().startsWith("object on local-"), printed.toString());
        assertTrue(printed.toString().contains("called by a client"), printed.toString());
        try (var workflow = new Workflow(cluster.open(getClass().getClassLoader()))) {
            assertEquals(List.of(), workflow.objects());
        }
    }

    @Test
    void a_token_file_that_is_not_there_and_a_number_out_of_range_are_refused() {
        var none = assertThrows(ClusterFailedException.class, command("--token-file", "/nowhere")::call);
        assertTrue(none.getMessage().startsWith("there is no token file /nowhere"), none.getMessage());
        var few = assertThrows(UsageException.class, command("--calls", "1")::call);
        assertEquals("--calls 1: expected 100 to 10000000", few.getMessage());
    }

    private record Untouched() implements Gateway.Control {
        @Override
        public String status() {
            return "";
        }

        @Override
        public void stop() {}
    }

    private final class Kept implements Console {
        private final PrintWriter out = new PrintWriter(printed, true);

        @Override
        public PrintWriter out() {
            return out;
        }

        @Override
        public PrintWriter err() {
            return out;
        }

        @Override
        public void json(Object value) {
            json.add(value);
        }

        @Override
        public Progress progress(String label, Workflow workflow) {
            throw new UnsupportedOperationException("a benchmark that draws measures its drawing");
        }
    }
}
