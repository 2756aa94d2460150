package dev.kiln.ignite;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.node.NodeWorker;
import dev.kiln.runtime.testing.ContractTasks;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.ObjectContract;
import dev.kiln.runtime.testing.Outside;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract, for programs outside of a cluster of two JVMs. */
final class OutsideContractTest extends ObjectContract {

    private static @Nullable IgniteCluster cluster;
    private static @Nullable Outside outside;

    @BeforeAll
    static void start() throws IOException {
        var started = IgniteCluster.start(IgniteClusterOptions.of(2, 3)
                .withMemory(256L << 20)
                .withHeap(512L << 20)
                .withFailureDetection(Machine.STALL));
        cluster = started;
        outside = Outside.of(new IgniteHost(started, "test"), started.objects());
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(outside).close();
        Objects.requireNonNull(cluster).close();
    }

    @Override
    protected WorkflowProvider cluster() {
        return Objects.requireNonNull(outside);
    }

    @Override
    protected int nodes() {
        return 2;
    }

    @Test
    void what_a_program_stored_is_freed_when_its_connection_is_cut() throws Exception {
        var started = Objects.requireNonNull(cluster);
        var blocks = started.node().ignite().cache(NodeConfiguration.BLOCKS);
        Eventually.until(() -> started.drivers().openWorkflows() == 1);
        int before = blocks.size();
        try (var other = Outside.of(new IgniteHost(started, "test"), started.objects())) {
            var lost = other.open();
            List<Ref<Block>> stored = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stored.add(lost.task(ContractTasks::fill).on(shard(i)).submit(value(4096), value(1.0)));
            }
            stored.forEach(Ref::await);
            lost.task(ContractTasks::hang)
                    .submit(
                            value(files.resolve("began").toString()),
                            value(files.resolve("interrupted").toString()));
            Eventually.until(() -> Files.exists(files.resolve("began")));
            assertEquals(before + 20, blocks.size());
            // What the program has no refs of any more would be freed before.
            Reference.reachabilityFence(stored);
            other.cut();
            Eventually.until(() -> Files.exists(files.resolve("interrupted")) && blocks.size() == before);
            Eventually.until(() -> started.drivers().openWorkflows() == 1);
        }
        var worker = (NodeWorker) started.node().endpoint();
        assertEquals(0, worker.residentValues());
        assertEquals(1, wf.task(ContractTasks::one).submit(value(0)).get());
    }

    @Test
    void what_programs_outside_do_counts_among_what_the_cluster_does_also_when_they_have_ended() throws Exception {
        var drivers = Objects.requireNonNull(cluster).drivers();
        long before = drivers.report().stats().done();
        try (var other = open()) {
            for (int i = 0; i < 7; i++) {
                other.task(ContractTasks::one).submit(value(i)).await();
            }
            // A program that is slow to say how far it is is left out of a report.
            Eventually.until(() -> drivers.report().stats().done() == before + 7);
        }
        assertEquals(before + 7, drivers.report().stats().done());
    }

    @Test
    void of_jars_that_nobody_uses_the_last_few_stay_and_those_that_something_was_made_of() {
        CodeCache code = Objects.requireNonNull(cluster).node().code();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            byte[] jar = new byte[(3 << 20) + 5];
            jar[0] = (byte) i;
            ids.add(code.lend(jar));
        }
        assertTrue(code.use(ids.get(0)));
        code.keep(ids.get(1));
        ids.forEach(code::leave);
        // 8 MB of 256 hold two of them.
        assertTrue(code.use(ids.get(0)), "still used");
        assertTrue(code.use(ids.get(1)), "kept");
        assertFalse(code.use(ids.get(2)));
        assertTrue(code.use(ids.get(3)));
        assertTrue(code.use(ids.get(4)));
    }
}
