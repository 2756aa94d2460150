package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.runtime.testing.ContractTasks;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values between nodes: over connections of their own, by message where there is none, and when these break. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DataWireTest {

    private static byte[] fetch(SameJvm cluster, long value) throws Exception {
        Payload got = cluster.nodes.getFirst().fetch(1, 1, value, -1, null).get(60, TimeUnit.SECONDS);
        return ((Payload.Encoded) Objects.requireNonNull(got)).data();
    }

    private static long sent(IgniteNode node) {
        try {
            var name = new ObjectName(
                    "dev.kiln:name=Data,instance=" + node.settings().instanceName());
            return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "SentBytesCount");
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void values_do_not_travel_by_message_unless_there_is_no_connection() throws Exception {
        try (var cluster = new SameJvm(2, 24L << 20)) {
            byte[] data = new byte[1 << 20];
            new Random(1).nextBytes(data);
            cluster.echoes.get(1).values.put(5L, data);
            IgniteNode holder = cluster.nodes.get(1);
            assertArrayEquals(data, fetch(cluster, 5));
            // Counted when all of it was written, which the asker may have read by then.
            Eventually.until(() -> sent(holder) > data.length);
            Objects.requireNonNull(holder.data()).close();
            assertArrayEquals(data, fetch(cluster, 5));
        }
    }

    @Test
    void a_program_ends_right_when_connections_are_cut_again_and_again() throws Exception {
        try (IgniteCluster cluster = IgniteCluster.start(IgniteClusterOptions.of(2, 2)
                        .withMemory(64L << 20)
                        .withHeap(384L << 20)
                        .withFailureDetection(Machine.STALL));
                Workflow wf = new Workflow(cluster.open(DataWireTest.class.getClassLoader()))) {
            int large = 1 << 19;
            List<Ref<Block>> made = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                made.add(wf.task(ContractTasks::fill)
                        .on(Placement.node("node-1"))
                        .submit(Arg.value(large), Arg.value((double) i)));
            }
            wf.barrier();
            List<Ref<Double>> sums = new ArrayList<>();
            for (Ref<Block> each : made) {
                sums.add(
                        wf.task(ContractTasks::sum).on(Placement.node("node-0")).submit(each));
            }
            DataWire reading = Objects.requireNonNull(cluster.node().data());
            for (int i = 0; i < 24; i++) {
                reading.cut(1);
                assertEquals((double) i * large, sums.get(i).get());
            }
        }
    }
}
