package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes join a running workflow, and leave it in order. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComeAndGoTest {

    private static final int LENGTH = 4096;

    private static Workflow open(FaultyCluster cluster) {
        return new Workflow(cluster.open(ComeAndGoTest.class.getClassLoader()));
    }

    @Test
    void random_programs_end_right_and_repeat_nothing_while_nodes_join_and_leave() throws InterruptedException {
        for (long seed = 1; seed <= 20; seed++) {
            try (var cluster = FaultyCluster.start(2, 2, seed, 10);
                    var wf = open(cluster)) {
                var graph = new RandomGraph(seed, 150);
                List<Ref<Block>> live = graph.submit(wf);
                int joined = cluster.join();
                live.get(0).await();
                cluster.leave(joined);
                cluster.leave(1);
                Eventually.until(() -> cluster.isGone(joined) && cluster.isGone(1));
                assertEquals(graph.expected(), graph.collect(live), "seed " + seed);
                assertEquals(0, wf.stats().repeated(), "seed " + seed);
            }
        }
    }

    @Test
    void what_only_a_node_that_leaves_holds_is_handed_over() throws InterruptedException {
        try (var cluster = FaultyCluster.start(1, 1, 1, 0);
                var wf = open(cluster)) {
            int joined = cluster.join();
            Eventually.until(() -> wf.nodes().size() == 2);
            List<Ref<Block>> blocks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                blocks.add(wf.task(ContractTasks::fill)
                        .on(node(FaultyCluster.name(joined)))
                        .submit(value(LENGTH), value((double) i)));
            }
            wf.barrier();
            cluster.leave(joined);
            Eventually.until(() -> cluster.isGone(joined));
            assertEquals(
                    List.of(FaultyCluster.name(0)),
                    wf.nodes().stream().map(NodeInfo::name).toList());
            for (int i = 0; i < 10; i++) {
                assertEquals(List.of(FaultyCluster.name(0)), blocks.get(i).where());
                assertEquals(i, blocks.get(i).get().data()[0]);
            }
            assertEquals(0, wf.stats().repeated());
        }
    }

    @Test
    void a_node_that_joins_runs_tasks_that_were_queued_before(@TempDir Path files) throws Exception {
        try (var cluster = FaultyCluster.start(1, 1, 2, 0);
                var wf = open(cluster)) {
            // Until the other is there the first node is busy, or it may have done them all by then.
            Path go = files.resolve("go");
            var _ = wf.task(ContractTasks::hold)
                    .on(node(FaultyCluster.name(0)))
                    .submit(value(files.resolve("began").toString()), value(go.toString()));
            List<Ref<Block>> blocks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                blocks.add(wf.task(ContractTasks::fill).submit(value(LENGTH), value((double) i)));
            }
            assertFalse(cluster.isGone(cluster.join()));
            Eventually.until(() -> blocks.stream().anyMatch(Ref::isDone));
            Files.createFile(go);
            wf.barrier();
            assertTrue(blocks.stream().anyMatch(block -> block.where().contains(FaultyCluster.name(1))));
            assertEquals(0, wf.stats().repeated());
        }
    }
}
