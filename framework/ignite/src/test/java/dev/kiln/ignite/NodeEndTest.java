package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeEndTest {

    @Test
    void a_node_that_was_killed_says_nothing_of_its_own() {
        assertEquals(
                "it was killed (signal 9), by somebody or for want of memory", NodeEnd.reason(137, List.of("", "  ")));
        assertEquals("it printed nothing (signal 15)", NodeEnd.reason(143, List.of()));
    }

    @Test
    void what_a_node_says_itself_goes_before_what_others_print() {
        assertEquals(
                "the disk is full (exit code 4)",
                NodeEnd.reason(
                        4,
                        List.of(
                                "2026-01-01 ERROR something",
                                "java.lang.IllegalStateException: something",
                                "\tat org.apache.ignite.Some.thing(Some.java:1)",
                                "\t... 12 more",
                                "kiln: node-1 cannot start: the disk is full")));
    }

    @Test
    void an_exception_that_nobody_caught_is_told_without_its_frames() {
        assertEquals(
                "java.lang.OutOfMemoryError: Java heap space (exit code 1)",
                NodeEnd.reason(
                        1,
                        List.of(
                                "WARNING: something",
                                "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space",
                                "\tat java.base/java.util.Arrays.copyOf(Arrays.java:1)")));
    }

    @Test
    void a_jvm_that_refuses_its_options_says_why() {
        assertEquals(
                "Too small maximum heap (exit code 1)",
                NodeEnd.reason(1, List.of("Error occurred during initialization of VM", "Too small maximum heap")));
    }

    @Test
    void a_node_that_still_runs_is_not_said_to_have_ended() {
        assertEquals("it still runs and printed nothing", NodeEnd.reason(NodeEnd.RUNNING, List.of()));
        assertEquals("a warning", NodeEnd.reason(NodeEnd.RUNNING, List.of("a warning")));
    }
}
