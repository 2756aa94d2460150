package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.engine.ShardMap;
import dev.kiln.runtime.cluster.BlockCacheFullException;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import dev.kiln.runtime.wire.ToNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TransportTest {

    private static final int NODES = 3;
    private static final long MEMORY = 24L << 20;
    private static @Nullable SameJvm cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new SameJvm(NODES, MEMORY);
    }

    @AfterAll
    static void stop() {
        cluster().close();
    }

    private static SameJvm cluster() {
        return java.util.Objects.requireNonNull(cluster);
    }

    @Test
    void messages_and_answers_keep_their_order_however_many_there_are() throws Exception {
        int count = 20_000;
        var heard = new Heard();
        long workflow = cluster().drivers.attach(heard);
        for (long task = 0; task < count; task++) {
            for (int node = 0; node < NODES; node++) {
                cluster().drivers.send(node, workflow, List.of(new ToNode.CancelTask(task, 1)));
            }
        }
        long[] next = new long[NODES];
        for (int i = 0; i < count * NODES; i++) {
            Heard.Answer answer = heard.next();
            assertEquals(next[answer.node]++, ((ToDriver.InputMissing) answer.message).task());
        }
        cluster().drivers.detach(workflow);
    }

    @Test
    void a_driver_hears_of_every_node_when_it_attaches() {
        var heard = new Heard();
        cluster().drivers.detach(cluster().drivers.attach(heard));
        assertEquals(List.of("node-0", "node-1", "node-2"), heard.joined);
    }

    @Test
    void a_value_is_fetched_whole_whatever_its_size() throws Exception {
        int[] sizes = {0, 1, 256 << 10, (256 << 10) + 1, 8 << 20};
        for (int size : sizes) {
            byte[] data = new byte[size];
            new Random(size).nextBytes(data);
            cluster().echoes.get(2).values.put((long) size, data);
            for (int asker = 0; asker < NODES; asker++) {
                Payload got =
                        cluster().nodes.get(asker).fetch(2, 1, size, -1, null).get(60, TimeUnit.SECONDS);
                assertArrayEquals(data, ((Payload.Encoded) java.util.Objects.requireNonNull(got)).data());
            }
        }
    }

    @Test
    void a_value_that_is_not_there_is_fetched_as_null() throws Exception {
        assertNull(cluster().drivers.fetch(1, 1, 404, -1).get(60, TimeUnit.SECONDS));
    }

    @Test
    void an_error_at_the_holder_reaches_the_asker() {
        EchoNode holder = cluster().echoes.get(1);
        holder.held = CompletableFuture.failedFuture(new IllegalStateException("cannot encode Block.rows"));
        try {
            var failure = assertThrows(
                    ExecutionException.class,
                    () -> cluster().drivers.fetch(1, 1, 5, -1).get(60, TimeUnit.SECONDS));
            assertTrue(String.valueOf(failure.getMessage()).contains("cannot encode Block.rows"));
        } finally {
            holder.held = null;
        }
    }

    @Test
    void each_shard_lives_on_the_node_that_the_shard_map_names_with_its_backup_on_the_next() throws Exception {
        List<List<Integer>> expected = IntStream.range(0, 1024)
                .mapToObj(shard -> ShardMap.owners(shard, NODES, rank -> true, 2))
                .map(ranks -> Arrays.stream(ranks).boxed().toList())
                .toList();
        // A node that has just joined owns a shard only when it has what the one before had of it.
        Eventually.until(() -> IntStream.range(0, 1024)
                .mapToObj(TransportTest::owners)
                .toList()
                .equals(expected));
    }

    private static List<Integer> owners(int shard) {
        Ignite ignite = cluster().nodes.getFirst().ignite();
        return ignite
                .<Object>affinity(NodeConfiguration.BLOCKS)
                .mapKeyToPrimaryAndBackups(BlockKey.of(7, 12345, shard))
                .stream()
                .map((ClusterNode node) -> ShardAffinity.rankOf(node))
                .toList();
    }

    @Test
    void blocks_are_read_anywhere_and_freed_together() {
        for (int i = 0; i < 30; i++) {
            cluster().nodes.get(i % NODES).cache().put(5, i, i, new byte[] {(byte) i});
            cluster().nodes.get(i % NODES).cache().put(6, i, i, new byte[] {1});
        }
        for (int i = 0; i < 30; i++) {
            assertArrayEquals(
                    new byte[] {(byte) i},
                    cluster().nodes.get((i + 1) % NODES).cache().get(5, i, i));
        }
        cluster().nodes.get(1).cache().drop(5, 3, 3);
        assertNull(cluster().nodes.get(2).cache().get(5, 3, 3));
        cluster().nodes.get(1).cache().dropAll(5);
        for (int i = 0; i < 30; i++) {
            assertNull(cluster().nodes.get(i % NODES).cache().get(5, i, i));
            assertArrayEquals(
                    new byte[] {1}, cluster().nodes.get(i % NODES).cache().get(6, i, i));
        }
        cluster().nodes.getFirst().cache().dropAll(6);
    }

    @Test
    void a_full_region_refuses_the_block_and_the_node_lives_on() {
        IgniteBlockCache cache = cluster().nodes.getFirst().cache();
        byte[] block = new byte[1 << 20];
        // A workflow that was closed stores nothing any more.
        for (long workflow = 9; workflow < 12; workflow++) {
            int stored = 0;
            BlockCacheFullException full = null;
            while (full == null && stored < 1000) {
                try {
                    cache.put(workflow, stored, 0, block);
                    stored++;
                } catch (BlockCacheFullException e) {
                    full = e;
                }
            }
            assertTrue(stored >= 20 && stored <= 32, "stored " + stored);
            assertNotNull(full);
            // Whichever of the two that keep the block is full first.
            String message = String.valueOf(full.getMessage());
            assertTrue(message.matches("node-\\d cannot store a block of 1 MB: of its 24 MB .*"), message);
            assertTrue(message.contains("--memory"), message);
            cache.dropAll(workflow);
            assertNull(cache.get(workflow, 0, 0));
        }
    }

    /** What a driver hears. */
    private static final class Heard implements ClusterLink.Endpoint {

        record Answer(int node, ToDriver message) {}

        final List<String> joined = new java.util.ArrayList<>();
        private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

        Answer next() throws InterruptedException {
            Answer answer = answers.poll(60, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer came");
            }
            return answer;
        }

        @Override
        public void nodeJoined(int node, String name, int slots) {
            joined.add(name);
        }

        @Override
        public void nodeLost(int node) {}

        @Override
        public void answers(int node, List<ToDriver> batch) {
            batch.forEach(message -> answers.add(new Answer(node, message)));
        }
    }
}
