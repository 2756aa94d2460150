package dev.kiln.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

    @ParameterizedTest
    @CsvSource({
        "--nodes, 0, --nodes 0: expected 1 or more",
        "--slots, -1, --slots -1: expected 1 or more",
        "--port, 80, --port 80: expected 1024 to 65535",
        "--port, 65536, --port 65536: expected 1024 to 65535",
        "--memory, much, --memory much: expected a size such as 512m or 4g"
    })
    void what_cannot_be_is_refused_by_its_name(String option, String value, String line) {
        ClusterOptions options = parse(option, value);
        var refused = assertThrows(UsageException.class, () -> {
            options.nodes();
            options.slots();
            options.port();
            options.memoryBytes();
        });
        assertEquals(line, refused.getMessage());
    }
}
