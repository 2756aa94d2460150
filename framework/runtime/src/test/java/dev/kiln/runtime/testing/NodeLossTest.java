package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static dev.kiln.tasks.Placement.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.ContractTasks.Halves;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeLossTest {

    private static final int LENGTH = 4096;

    private static Workflow open(FaultyCluster cluster) {
        return new Workflow(cluster.open(NodeLossTest.class.getClassLoader()));
    }

    @Test
    void random_programs_end_right_when_one_of_three_nodes_is_killed() {
        for (long seed = 1; seed <= 30; seed++) {
            try (var cluster = FaultyCluster.start(3, 2, seed, 10);
                    var wf = open(cluster)) {
                var graph = new RandomGraph(seed, 150);
                cluster.killAfter((int) (seed % 3), (int) (5 * seed));
                assertEquals(graph.expected(), graph.run(wf), "seed " + seed);
            }
        }
    }

    @Test
    void random_programs_end_right_when_two_of_four_nodes_are_killed_one_after_the_other() {
        for (long seed = 101; seed <= 115; seed++) {
            try (var cluster = FaultyCluster.start(4, 1, seed, 0);
                    var wf = open(cluster)) {
                var graph = new RandomGraph(seed, 150);
                cluster.killAfter(1, 20);
                List<Ref<Block>> live = graph.submit(wf);
                live.get(0).await();
                cluster.kill(2);
                assertEquals(graph.expected(), graph.collect(live), "seed " + seed);
            }
        }
    }

    @Test
    void random_programs_end_right_when_two_nodes_cannot_reach_each_other_for_a_while() {
        for (long seed = 201; seed <= 210; seed++) {
            try (var cluster = FaultyCluster.start(3, 2, seed, 0);
                    var wf = open(cluster)) {
                cluster.cut(0, 2, 5);
                cluster.cut(0, 1, 3);
                var graph = new RandomGraph(seed, 80);
                assertEquals(graph.expected(), graph.run(wf), "seed " + seed);
            }
        }
    }

    @Test
    void a_result_whose_only_holder_was_lost_is_made_again() throws InterruptedException {
        try (var cluster = FaultyCluster.start(3, 2, 1, 0);
                var wf = open(cluster)) {
            Ref<Block> block = wf.task(ContractTasks::fill).submit(value(LENGTH), value(1.0));
            for (int i = 0; i < 5; i++) {
                block = wf.update(ContractTasks::add).submit(block, value(1.0));
            }
            block.await();
            String holder = block.where().getFirst();
            cluster.kill(Integer.parseInt(holder.substring(holder.length() - 1)));
            assertEquals(6.0 * LENGTH, wf.task(ContractTasks::sum).submit(block).get());
            assertEquals(6.0, block.get().data()[0]);
            assertTrue(wf.stats().repeated() > 0);
            Eventually.until(() -> wf.nodes().size() == 2);
        }
    }

    @Test
    void parts_of_a_lost_record_are_made_again() {
        try (var cluster = FaultyCluster.start(2, 2, 1, 0);
                var wf = open(cluster)) {
            Ref<Block> block = wf.task(ContractTasks::fill).on(node("faulty-0")).submit(value(LENGTH), value(1.0));
            Ref<Halves> halves = wf.task(ContractTasks::halve).submit(block);
            halves.await();
            Ref<Block> high = halves.part(Halves::high);
            assertEquals(List.of("faulty-0"), halves.where());
            wf.task(ContractTasks::sum).on(node("faulty-1")).submit(high).await();
            cluster.kill(0);
            var thrown = assertThrows(TaskFailedException.class, high::get);
            assertTrue(thrown.getMessage().contains("faulty-0"), thrown.getMessage());
        }
    }

    @Test
    void blocks_in_the_cache_survive_without_being_made_again() throws InterruptedException {
        try (var cluster = FaultyCluster.start(3, 2, 1, 0);
                var wf = open(cluster)) {
            List<Ref<Block>> blocks = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                blocks.add(wf.task(ContractTasks::fill).on(shard(i)).submit(value(LENGTH), value((double) i)));
            }
            Ref<Block> put = wf.put(new Block(new double[LENGTH]));
            wf.barrier();
            cluster.kill(1);
            // A task that was sent there before would run again, if nothing else did.
            Eventually.until(() -> wf.nodes().size() == 2);
            assertEquals(
                    66.0 * LENGTH,
                    wf.task(ContractTasks::sumOf).submit(all(blocks)).get());
            assertEquals(LENGTH, put.get().data().length);
            assertEquals(0, wf.stats().repeated());
        }
    }

    @Test
    void closing_frees_everything_on_every_node() throws InterruptedException {
        try (var cluster = FaultyCluster.start(3, 2, 7, 0)) {
            try (var wf = open(cluster)) {
                var graph = new RandomGraph(7, 100);
                graph.run(wf);
                assertTrue(cluster.residentValues() > 0);
                assertTrue(cluster.cachedValues() > 0);
            }
            Eventually.until(() -> cluster.residentValues() == 0 && cluster.cachedValues() == 0);
        }
    }

    @Test
    void deleted_values_are_freed_on_every_node() throws InterruptedException {
        try (var cluster = FaultyCluster.start(3, 2, 8, 0);
                var wf = open(cluster)) {
            List<Ref<Block>> blocks = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Ref<Block> block =
                        wf.task(ContractTasks::fill).on(node("faulty-" + i % 3)).submit(value(LENGTH), value(1.0));
                wf.task(ContractTasks::sum)
                        .on(node("faulty-" + (i + 1) % 3))
                        .submit(block)
                        .delete();
                blocks.add(wf.task(ContractTasks::mix).on(shard(i)).submit(all(List.of(block)), value(1L)));
                block.delete();
            }
            wf.barrier();
            blocks.forEach(Ref::delete);
            Eventually.until(() -> cluster.residentValues() == 0 && cluster.cachedValues() == 0);
        }
    }
}
