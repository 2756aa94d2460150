package dev.kiln.tasks.docs;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;
import static dev.kiln.tasks.Placement.node;
import static dev.kiln.tasks.Placement.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.DocSnippets;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The programs of docs/api.md, run. */
class DocSnippetsApiTest implements DocSnippetsApi {

    private final Workflow wf = InlineBackend.workflow();
    private final double[] numbers = {3, 4};

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void arguments() {
        // snippet: arguments
        Ref<double[]> a = wf.put(numbers); // stored once, read by many tasks
        Ref<Double> ab = wf.task(Kernels::dot).submit(a, value(new double[] {1, 1}));
        Ref<Double> aa = wf.task(Kernels::dot).submit(a, a);
        Ref<Double> most = wf.task(Kernels::largest).submit(all(List.of(ab, aa, value(2.0))));
        // end
        assertEquals(25.0, most.get());
    }

    @Test
    void options() {
        Ref<double[]> a = wf.put(numbers);
        // snippet: options
        Ref<Double> norm = wf.task(Kernels::dot)
                .on(near(a)) // where a is; also node("name"), shard(i), anywhere()
                .named("norm") // what progress and errors call it
                .retries(1) // once more when it throws
                .priority(5) // before tasks of lower priority
                .submit(a, a);
        // end
        assertEquals(25.0, norm.get());
        assertEquals(25.0, wf.task(Kernels::dot).on(shard(3)).submit(a, a).get());
        Ref<Double> lost = wf.task(Kernels::dot).on(node("gpu")).submit(a, a);
        assertThrows(TaskFailedException.class, lost::get);
    }

    @Test
    void updates() {
        // snippet: update
        Ref<double[]> old = wf.put(numbers);
        Ref<double[]> scaled = wf.update(Kernels::scale).submit(old, value(0.5));
        // end
        assertEquals(1.5, scaled.get()[0]);
        assertEquals(3.0, numbers[0]);
        String message = assertThrows(IllegalStateException.class, old::get).getMessage();
        String shown = DocSnippets.blocks("docs/api.md").stream()
                .filter(b -> b.text().startsWith("this value was updated"))
                .findFirst()
                .orElseThrow()
                .text()
                .strip();
        assertEquals(shown.replaceAll("\\(.*\\)", ""), message.replaceAll("\\(.*\\)", ""));
    }

    @Test
    void parts() {
        Ref<double[]> column = wf.put(numbers);
        // snippet: parts
        Ref<Qr> qr = wf.task(Kernels::factorise).submit(column);
        Ref<double[]> q = qr.part(Qr::q); // another node is sent q alone
        double r = qr.part(Qr::r).get();
        // end
        assertEquals(5.0, r);
        assertEquals(0.6, q.get()[0], 1e-12);
    }

    @Test
    void waiting() {
        Ref<double[]> a = wf.put(numbers);
        Set<Double> seen = new HashSet<>();
        // snippet: waiting
        List<Ref<Double>> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            open.add(wf.task(Kernels::dot).submit(a, value(new double[] {i, i})));
        }
        while (!open.isEmpty()) {
            for (Ref<Double> done : wf.awaitAny(open, 1)) { // at least one; all that are done
                seen.add(done.get());
                done.delete(); // frees its value
                open.remove(done);
            }
        }
        wf.barrier(); // everything submitted so far
        // end
        assertEquals(10, seen.size());
    }

    @Test
    void failing() {
        List<String> shown = new ArrayList<>();
        // snippet: failing
        Ref<String> text = wf.task(Kernels::read).submit(value("no/such/file"));
        try {
            text.get();
        } catch (TaskFailedException e) {
            shown.add(e.getCause().toString()); // the IOException that Kernels.read threw
            shown.addAll(e.chain()); // from the task asked for to the one that threw: read#1
        }
        // end
        assertEquals(List.of("java.nio.file.NoSuchFileException: no/such/file", "read#1"), shown);
        assertEquals(2, wf.stats().repeated());
    }

    @Test
    void the_page_repeats_these_programs() {
        assertEquals(
                List.of(),
                DocSnippets.problems(
                        "docs/api.md",
                        "tasks/src/test/java/dev/kiln/tasks/docs/DocSnippetsApi.java",
                        "tasks/src/test/java/dev/kiln/tasks/docs/DocSnippetsApiTest.java"));
    }
}
