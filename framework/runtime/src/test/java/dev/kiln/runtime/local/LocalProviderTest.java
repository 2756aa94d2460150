package dev.kiln.runtime.local;

import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import org.junit.jupiter.api.Test;

class LocalProviderTest {

    @Task
    static int increment(int x) {
        return x + 1;
    }

    @Test
    void opening_a_workflow_without_a_launcher_runs_it_in_this_jvm() {
        try (var wf = Workflow.open()) {
            Ref<Integer> next = wf.task(LocalProviderTest::increment).submit(value(0));
            for (int i = 1; i < 1_000; i++) {
                next = wf.task(LocalProviderTest::increment).submit(next);
            }
            assertEquals(1_000, next.get());
            assertEquals(
                    Runtime.getRuntime().availableProcessors(),
                    wf.nodes().getFirst().slots());
        }
    }
}
