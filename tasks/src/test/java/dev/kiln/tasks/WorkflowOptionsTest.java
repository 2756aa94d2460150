package dev.kiln.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.spi.WorkflowProvider;
import dev.kiln.tasks.testing.InlineBackend;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkflowOptionsTest {

    private static final Path FOLDER = Path.of("kept");

    @Test
    void usually_nothing_is_kept() {
        assertNull(WorkflowOptions.usual().checkpoint());
    }

    @Test
    void a_time_of_nothing_is_refused() {
        var thrown = assertThrows(
                IllegalArgumentException.class, () -> WorkflowOptions.usual().checkpoint(FOLDER, Duration.ZERO));
        assertEquals("checkpoint(kept, PT0S): expected a time above nothing", thrown.getMessage());
    }

    @Test
    void a_cluster_that_writes_no_checkpoints_says_so() {
        WorkflowProvider plain = code -> new InlineBackend();
        ClassLoader code = getClass().getClassLoader();
        WorkflowOptions wish = WorkflowOptions.usual().checkpoint(FOLDER, Duration.ofMinutes(1));
        var thrown = assertThrows(IllegalStateException.class, () -> plain.open(code, wish));
        assertTrue(thrown.getMessage().contains("writes no checkpoints"), thrown.getMessage());
        try (var wf = new Workflow(plain.open(code, WorkflowOptions.usual()))) {
            wf.checkpoint(); // does nothing
        }
    }
}
