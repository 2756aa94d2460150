package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.runtime.testing.ContractTasks;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.RandomGraph;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JVMs join a running workflow and leave it in order. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ComeAndGoTest {

    private static Workflow open(IgniteCluster cluster) {
        return new Workflow(cluster.open(ComeAndGoTest.class.getClassLoader()));
    }

    @Test
    void a_graph_ends_right_and_nothing_is_run_again_while_nodes_join_and_leave() throws Exception {
        try (IgniteCluster cluster = IgniteCluster.start(IgniteClusterOptions.of(2, 1)
                        .withMemory(128L << 20)
                        .withHeap(384L << 20)
                        .withFailureDetection(Machine.STALL));
                Workflow wf = open(cluster)) {
            var graph = new RandomGraph(1, 400);
            List<Ref<Block>> refs = graph.submit(wf);
            assertEquals("node-2", cluster.addNode());
            Eventually.until(() -> wf.nodes().size() == 3);
            // What only this node has is worth a megabyte, and is wanted after it left.
            List<Ref<Block>> there = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                there.add(wf.task(ContractTasks::fill)
                        .on(Placement.node("node-2"))
                        .submit(Arg.value(1 << 17), Arg.value((double) i)));
            }
            there.getFirst().await();
            cluster.removeNode(2).get(60, TimeUnit.SECONDS);
            ProcessHandle.of(cluster.processIds().get(1))
                    .ifPresent(process ->
                            process.onExit().orTimeout(60, TimeUnit.SECONDS).join());
            assertEquals(
                    List.of("node-0", "node-1"),
                    wf.nodes().stream().map(NodeInfo::name).toList());
            assertEquals(graph.expected(), graph.collect(refs));
            for (int i = 0; i < 4; i++) {
                assertEquals(i, there.get(i).get().data()[0]);
            }
            assertEquals(0, wf.stats().repeated());
            assertEquals("node-3", cluster.addNode());
            Eventually.until(() -> wf.nodes().size() == 3);
            assertThrows(IllegalArgumentException.class, () -> cluster.removeNode(0));
            assertThrows(IllegalArgumentException.class, () -> cluster.removeNode(2));
        }
    }
}
