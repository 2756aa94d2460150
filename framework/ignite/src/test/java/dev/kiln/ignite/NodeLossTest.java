package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.engine.ShardMap;
import dev.kiln.runtime.testing.ContractTasks;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.RandomGraph;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes are killed with SIGKILL while they work, each time in a cluster of its own. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NodeLossTest {

    private static IgniteCluster start() {
        return IgniteCluster.start(IgniteClusterOptions.of(3, 2)
                .withMemory(128L << 20)
                .withHeap(384L << 20)
                .withFailureDetection(Machine.STALL));
    }

    private static Workflow open(IgniteCluster cluster) {
        return new Workflow(cluster.open(NodeLossTest.class.getClassLoader()));
    }

    private static void kill(IgniteCluster cluster, int rank) {
        assertTrue(ProcessHandle.of(cluster.processIds().get(rank - 1))
                .orElseThrow()
                .destroyForcibly());
    }

    @Test
    void a_random_graph_with_updates_shards_and_puts_ends_right_when_a_node_is_killed() throws Exception {
        try (IgniteCluster cluster = start()) {
            for (int rank = 2; rank >= 1; rank--) {
                var graph = new RandomGraph(rank, 400);
                try (Workflow wf = open(cluster)) {
                    List<Ref<Block>> refs = graph.submit(wf);
                    Eventually.until(() -> wf.stats().done() >= 60);
                    kill(cluster, rank);
                    assertEquals(graph.expected(), graph.collect(refs), "node-" + rank + " killed");
                    int left = rank;
                    Eventually.until(() -> wf.nodes().size() == left);
                }
            }
        }
    }

    @Test
    void blocks_are_read_from_their_backups_when_their_owner_is_killed() throws Exception {
        try (IgniteCluster cluster = start();
                Workflow wf = open(cluster)) {
            List<Ref<Block>> stored = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                stored.add(
                        wf.task(ContractTasks::fill).on(Placement.shard(i)).submit(Arg.value(1000), Arg.value((double)
                                i)));
            }
            wf.barrier();
            for (int shard = 0; shard < 6; shard++) {
                int owner = ShardMap.owners(shard, 3, rank -> true, 1)[0];
                assertTrue(stored.get(shard).where().contains("node-" + owner));
            }
            // Some of these read from node 1 when it goes.
            List<Ref<Double>> sums = new ArrayList<>();
            for (Ref<Block> each : stored) {
                sums.add(
                        wf.task(ContractTasks::sum).on(Placement.node("node-2")).submit(each));
            }
            kill(cluster, 1);
            double[] found = sums.stream().mapToDouble(Ref::get).toArray();
            assertArrayEquals(new double[] {0, 1000, 2000, 3000, 4000, 5000}, found);
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        1000.0 * i,
                        wf.task(ContractTasks::sum).submit(stored.get(i)).get());
            }
        }
    }

    @Test
    void a_node_killed_while_others_fetch_from_it_is_replaced_by_lineage() throws Exception {
        try (IgniteCluster cluster = start();
                Workflow wf = open(cluster)) {
            int large = 1 << 20;
            List<Ref<Block>> made = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                made.add(wf.task(ContractTasks::fill).submit(Arg.value(large), Arg.value((double) i)));
            }
            wf.barrier();
            List<Ref<Double>> sums = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                sums.add(wf.task(ContractTasks::sum)
                        .on(Placement.node(i % 2 == 0 ? "node-0" : "node-2"))
                        .submit(made.get(i)));
            }
            kill(cluster, 1);
            for (int i = 0; i < 12; i++) {
                assertEquals((double) i * large, sums.get(i).get());
            }
        }
    }
}
