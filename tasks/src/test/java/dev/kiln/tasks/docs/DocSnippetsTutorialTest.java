package dev.kiln.tasks.docs;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.DocSnippets;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs of docs/tutorial.md, run. */
class DocSnippetsTutorialTest implements DocSnippetsTutorial {

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    // snippet: plain-test
    @Test
    void a_task_is_a_plain_method() {
        assertEquals(14.0, Kernels.dot(new double[] {1, 2, 3}, new double[] {1, 2, 3}));
    }
    // end

    @Test
    void the_program_runs() {
        assertEquals(0 + 1 + 4 + 9 + 16 + 25, SumOfSquares.sumOfSquares(wf, 2, 3));
    }

    @Test
    void an_update_gives_the_next_version() {
        // snippet: update
        Ref<double[]> block = wf.task(Kernels::ramp).submit(value(1), value(3)); // 1, 2, 3
        block = wf.update(Changing::scale).submit(block, value(10.0)); // 10, 20, 30
        // end
        // snippet: parts
        Ref<Range> range = wf.task(Changing::range).submit(block);
        Ref<Double> most = range.part(Range::most);
        double root = wf.task(Changing::root).submit(most).get();
        // end
        assertEquals(Math.sqrt(30), root);
    }

    @Test
    void a_failure_carries_the_users_exception() {
        String found = "";
        // snippet: failure
        Ref<Double> bad = wf.task(Changing::root).submit(value(-1.0));
        Ref<Double> sum = wf.task(Kernels::sum).submit(all(List.of(bad)));
        try {
            sum.get();
        } catch (TaskFailedException e) {
            found = e.getMessage();
        }
        // end
        String message = found;
        assertEquals(
                "task sum#2 could not run: it depends on root#1, which failed: java.lang.IllegalArgumentException: root"
                        + " of -1.0 (sum#2 <- root#1)",
                message);
        assertEquals(
                DocSnippets.blocks("docs/tutorial.md").stream()
                        .filter(b -> b.language().equals("text") && b.text().startsWith("task sum#2"))
                        .map(b -> b.text().strip())
                        .toList(),
                List.of(message));
        assertThrows(TaskFailedException.class, wf::barrier);
    }

    @Test
    void the_page_repeats_these_programs() {
        assertEquals(
                List.of(),
                DocSnippets.problems(
                        "docs/tutorial.md",
                        "tasks/src/test/java/dev/kiln/tasks/docs/DocSnippetsTutorial.java",
                        "tasks/src/test/java/dev/kiln/tasks/docs/DocSnippetsTutorialTest.java",
                        "examples/word-count/pom.xml"));
    }
}
