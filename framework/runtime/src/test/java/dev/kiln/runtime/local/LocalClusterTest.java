package dev.kiln.runtime.local;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.ObjectContract;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocalClusterTest {

    @Nested
    class WithOneSlot extends Contract {
        WithOneSlot() {
            super(1, 1);
        }
    }

    @Nested
    class WithFourSlots extends Contract {
        WithFourSlots() {
            super(1, 4);
        }
    }

    @Nested
    class WithThreeNodes extends Contract {
        WithThreeNodes() {
            super(3, 2);
        }
    }

    /** As large as it takes. */
    @Task
    static int[] numbers(int count) {
        return new int[count];
    }

    @Task
    static int first(int[] numbers) {
        return numbers[0];
    }

    @Test
    void a_value_whose_refs_the_program_has_lost_is_freed_and_one_of_which_it_has_a_part_is_not() throws Exception {
        try (var cluster = LocalCluster.start(1, 2);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            var lost = new WeakReference<>(
                    wf.task(LocalClusterTest::numbers).submit(value(100)).get());
            var pair = wf.put(new Pair(new int[10], "kept"));
            var kept = new WeakReference<>(pair.get());
            Ref<String> part = pair.part(Pair::text);
            pair = null;
            Eventually.until(() -> {
                System.gc();
                // Freeing is work that any use of the workflow does.
                wf.put(1).delete();
                return lost.get() == null;
            });
            assertEquals("kept", part.get());
            assertNotNull(kept.get());
        }
    }

    @Test
    void a_value_that_was_put_on_one_node_is_there_for_tasks_on_others_at_once() {
        try (var cluster = LocalCluster.start(3, 2);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            int count = 20_000;
            List<Ref<Integer>> read = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Ref<int[]> put = wf.put(new int[] {i}, node("local-2"));
                read.add(wf.task(LocalClusterTest::first).on(node("local-0")).submit(put));
                put.delete();
            }
            for (int i = 0; i < count; i++) {
                assertEquals(i, read.get(i).get());
            }
        }
    }

    @Test
    void a_task_runs_though_its_ref_is_lost_and_so_do_those_that_read_it() throws Exception {
        try (var cluster = LocalCluster.start(1, 2);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            List<Ref<Integer>> read = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                read.add(wf.task(LocalClusterTest::first)
                        .submit(wf.task(LocalClusterTest::numbers).submit(value(1000))));
                if (i % 500 == 0) {
                    System.gc();
                }
            }
            for (Ref<Integer> each : read) {
                assertEquals(0, each.get());
            }
            assertEquals(4000, wf.stats().done());
        }
    }

    record Pair(int[] numbers, String text) implements java.io.Serializable {}

    @org.junit.jupiter.api.TestInstance(org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract extends ObjectContract {
        private final int nodes;
        private final int slots;
        private LocalCluster cluster;

        Contract(int nodes, int slots) {
            this.nodes = nodes;
            this.slots = slots;
        }

        @BeforeAll
        void start() {
            cluster = LocalCluster.start(nodes, slots);
        }

        @AfterAll
        void stop() {
            cluster.close();
        }

        @Override
        protected WorkflowProvider cluster() {
            return cluster;
        }

        @Override
        protected int nodes() {
            return nodes;
        }
    }
}
