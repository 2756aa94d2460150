package dev.kiln.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.tasks.WorkflowOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class ClusterOptionsTest {

    @Command
    private static final class Sample {
        @Mixin
        private ClusterOptions options = new ClusterOptions();
    }

    private static ClusterOptions parse(String... args) {
        var sample = new Sample();
        new CommandLine(sample).parseArgs(args);
        return sample.options;
    }

    @Test
    void without_options_there_is_one_node_with_slots_and_ports_as_they_fit() {
        for (ClusterOptions options : new ClusterOptions[] {parse(), new ClusterOptions()}) {
            assertEquals(1, options.nodes());
            assertEquals(0, options.slots());
            assertEquals(1L << 30, options.memoryBytes());
            assertEquals(0, options.port());
        }
    }

    @Test
    void options_are_what_was_given() {
        ClusterOptions options = parse("--nodes", "3", "--slots", "2", "--memory", "512m", "--port", "47500");
        assertEquals(3, options.nodes());
        assertEquals(2, options.slots());
        assertEquals(512L << 20, options.memoryBytes());
        assertEquals(47500, options.port());
    }

    @Test
    void a_cluster_of_another_size_keeps_memory_and_port() {
        ClusterOptions options =
                parse("--nodes", "3", "--memory", "512m", "--port", "47500").with(2, 4);
        assertEquals(2, options.nodes());
        assertEquals(4, options.slots());
        assertEquals(512L << 20, options.memoryBytes());
        assertEquals(47500, options.port());
    }

    @Test
    void what_is_done_is_kept_where_the_user_says_and_every_half_minute_unless_he_says_otherwise() {
        assertNull(parse().checkpoint());
        assertEquals(
                new WorkflowOptions.Checkpoint(Path.of("kept"), Duration.ofSeconds(30)),
                parse("--checkpoint", "kept").checkpoint());
        ClusterOptions options = parse("--checkpoint", "kept", "--every", "5m", "--nodes", "2");
        assertEquals(new WorkflowOptions.Checkpoint(Path.of("kept"), Duration.ofMinutes(5)), options.checkpoint());
        ClusterOptions other = options.keepingIn(Path.of("other"));
        assertEquals(new WorkflowOptions.Checkpoint(Path.of("other"), Duration.ofMinutes(5)), other.checkpoint());
        assertEquals(2, other.nodes());
        assertNull(options.with(1, 1).checkpoint());
        for (String wrong : new String[] {"0s", "5", "soon", "-1m"}) {
            ClusterOptions refused = parse("--checkpoint", "kept", "--every=" + wrong);
            assertThrows(UsageException.class, refused::checkpoint, wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--nodes, 0, --nodes 0: expected 1 or more",
        "--slots, -1, --slots -1: expected 1 or more",
        "--port, 80, --port 80: expected 1024 to 65535",
        "--port, 65536, --port 65536: expected 1024 to 65535",
        "--memory, much, --memory much: expected a size such as 512m or 4g",
        "--every, 5m, --every 5m: expected --checkpoint DIR with it"
    })
    void what_cannot_be_is_refused_by_its_name(String option, String value, String line) {
        ClusterOptions options = parse(option, value);
        var refused = assertThrows(UsageException.class, () -> {
            options.nodes();
            options.slots();
            options.port();
            options.memoryBytes();
            options.checkpoint();
        });
        assertEquals(line, refused.getMessage());
    }
}
