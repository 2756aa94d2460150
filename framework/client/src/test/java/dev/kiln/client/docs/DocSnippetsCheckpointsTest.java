package dev.kiln.client.docs;

import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.testing.DocSnippets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/checkpoints.md, run twice. */
class DocSnippetsCheckpointsTest {

    private static final String HERE = "framework/client/src/test/java/dev/kiln/client/docs/";

    private static final class Kernels {
        @Task
        static int[] load(int count) {
            return new int[] {count, count};
        }

        @Task
        static int sum(int[] numbers) {
            return numbers[0] + numbers[1];
        }
    }

    @TempDir
    private Path folder;

    @Test
    void the_program_runs_and_goes_on() {
        for (int restored : new int[] {0, 2}) {
            // snippet: checkpoint
            try (var wf = Workflow.open(WorkflowOptions.usual().checkpoint(folder, Duration.ofSeconds(30)))) {
                var total = wf.task(Kernels::sum).submit(wf.task(Kernels::load).submit(value(4)));
                wf.checkpoint(); // and now, without waiting for the next half minute
                System.out.println(total.get());
                // end
                assertEquals(restored, wf.stats().restored());
            }
        }
    }

    @Test
    void the_page_repeats_what_is_compiled() {
        assertEquals(List.of(), DocSnippets.problems("docs/checkpoints.md", HERE + "DocSnippetsCheckpointsTest.java"));
    }
}
