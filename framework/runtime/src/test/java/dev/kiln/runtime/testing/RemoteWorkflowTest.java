package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteCluster;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs outside of the cluster that they run on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteWorkflowTest {

    private static final int LENGTH = 4096;

    @TempDir
    private Path folder;

    private FaultyCluster cluster;
    private Outside outside;

    @BeforeEach
    void start() throws IOException {
        cluster = FaultyCluster.start(3, 2, 7, 0);
        outside = Outside.of(cluster.host(RemoteWorkflowTest.class.getClassLoader()));
    }

    @AfterEach
    void stop() {
        outside.close();
        cluster.close();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void two_programs_at_once_have_the_same_numbers_and_never_meet() throws Exception {
        try (var other = RemoteCluster.connect(outside.contact(), "test");
                Workflow one = outside.open();
                var two = new Workflow(other.open(
                        RemoteWorkflowTest.class.getClassLoader(),
                        dev.kiln.runtime.code.UserCode.of(new byte[10]),
                        WorkflowOptions.usual(),
                        note -> {}))) {
            for (int i = 0; i < 20; i++) {
                Ref<Block> mine = one.task(ContractTasks::fill).submit(value(LENGTH), value(1.0 + i));
                Ref<Block> theirs = two.task(ContractTasks::fill).on(shard(i)).submit(value(LENGTH), value(-1.0 - i));
                Ref<Block> put = one.put(new Block(new double[LENGTH]));
                Ref<Block> putToo = two.put(mine.get());
                assertEquals(-1.0 - i, theirs.get().data()[5]);
                assertEquals(1.0 + i, mine.get().data()[5]);
                assertEquals(0.0, put.get().data()[5]);
                assertEquals(1.0 + i, putToo.get().data()[5]);
            }
            assertEquals(2, cluster.openWorkflows());
            two.close();
            assertEquals(1, cluster.openWorkflows());
            assertEquals(5, one.task(ContractTasks::one).submit(value(4)).get());
        }
        assertEquals(0, cluster.openWorkflows());
        Eventually.until(() -> cluster.residentValues() == 0 && cluster.cachedValues() == 0);
    }

    @Test
    void a_program_that_has_done_much_has_its_turn_beside_one_that_just_began() throws Exception {
        try (var narrow = FaultyCluster.start(1, 1, 9, 0);
                var here = Outside.of(narrow.host(RemoteWorkflowTest.class.getClassLoader()));
                Workflow old = here.open();
                Workflow young = here.open()) {
            for (int i = 0; i < 300; i++) {
                old.task(ContractTasks::one).submit(value(i)).delete();
            }
            old.barrier();
            Ref<Block> ofOld = old.task(ContractTasks::fill).submit(value(LENGTH), value(1.0));
            Ref<Block> ofYoung = young.task(ContractTasks::fill).submit(value(LENGTH), value(1.0));
            ofOld.await();
            ofYoung.await();
            var _ = old.task(ContractTasks::hold).submit(value(file("began")), value(file("go")));
            Eventually.until(() -> Files.exists(folder.resolve("began")));
            for (int i = 0; i < 40; i++) {
                young.task(ContractTasks::note).submit(value(file("notes")), value("young"));
                old.task(ContractTasks::note).submit(value(file("notes")), value("old"));
            }
            // What these ask for goes the way of the tasks, behind them: those that are sent ahead are there then.
            assertEquals(LENGTH, ofOld.get().data().length);
            assertEquals(LENGTH, ofYoung.get().data().length);
            Files.writeString(folder.resolve("go"), "");
            young.barrier();
            old.barrier();
            List<String> notes = Files.readAllLines(folder.resolve("notes"));
            assertEquals(80, notes.size());
            assertEquals(
                    List.of("old", "young"),
                    notes.subList(0, 6).stream().distinct().sorted().toList());
        }
    }

    @Test
    void a_random_program_has_the_results_that_it_has_anywhere_when_a_node_is_killed() {
        for (long seed = 1; seed <= 5; seed++) {
            try (var nodes = FaultyCluster.start(3, 2, seed, 10);
                    var here = Outside.of(nodes.host(RemoteWorkflowTest.class.getClassLoader()));
                    Workflow wf = here.open()) {
                var graph = new RandomGraph(seed, 150);
                nodes.killAfter((int) (seed % 3), (int) (5 * seed));
                assertEquals(graph.expected(), graph.run(wf), "seed " + seed);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void nodes_join_and_leave_under_a_program_outside() throws Exception {
        try (Workflow wf = outside.open()) {
            var graph = new RandomGraph(3, 150);
            List<Ref<Block>> live = graph.submit(wf);
            int joined = cluster.join();
            live.get(0).await();
            cluster.leave(joined);
            cluster.leave(1);
            Eventually.until(() -> cluster.isGone(joined) && cluster.isGone(1));
            assertEquals(graph.expected(), graph.collect(live));
            assertEquals(0, wf.stats().repeated());
        }
    }

    @Test
    void a_program_whose_connection_is_cut_is_told_so_and_leaves_nothing_in_the_cluster() throws Exception {
        Workflow wf = outside.open();
        Ref<Block> kept = wf.task(ContractTasks::fill).on(shard(1)).submit(value(LENGTH), value(1.0));
        kept.await();
        var _ = wf.put(new Block(new double[LENGTH]));
        Ref<Integer> hanging = wf.task(ContractTasks::hang).submit(value(file("began")), value(file("interrupted")));
        Eventually.until(() -> Files.exists(folder.resolve("began")));
        assertTrue(cluster.cachedValues() > 0 && cluster.residentValues() > 0);
        assertNull(outside.cluster().lost());
        outside.cut();
        String told = assertThrows(IllegalStateException.class, hanging::get).getMessage();
        assertTrue(told.contains("has ended, or the connection to it broke"), told);
        assertEquals(
                told, assertThrows(IllegalStateException.class, () -> wf.put(1)).getMessage());
        assertEquals(told, outside.cluster().lost());
        Eventually.until(() -> Files.exists(folder.resolve("interrupted")));
        Eventually.until(() -> cluster.residentValues() == 0 && cluster.cachedValues() == 0);
        Eventually.until(() -> cluster.openWorkflows() == 0);
        wf.close();
    }

    @Test
    void a_checkpoint_ends_when_the_cluster_does_and_the_next_program_goes_on_from_the_one_before() throws Exception {
        WorkflowOptions wish = WorkflowOptions.usual().checkpoint(folder.resolve("kept"), Duration.ofHours(1));
        var first = new Workflow(outside.open(RemoteWorkflowTest.class.getClassLoader(), wish));
        assertEquals(
                0,
                first.task(ContractTasks::note)
                        .submit(value(file("notes")), value("once"))
                        .get());
        first.checkpoint();
        outside.cut();
        Eventually.until(() -> isLost(first));
        assertThrows(IllegalStateException.class, first::checkpoint);
        first.close();
        try (var again = Outside.of(cluster.host(RemoteWorkflowTest.class.getClassLoader()));
                var wf = new Workflow(again.open(RemoteWorkflowTest.class.getClassLoader(), wish))) {
            assertEquals(
                    0,
                    wf.task(ContractTasks::note)
                            .submit(value(file("notes")), value("once"))
                            .get());
            assertEquals(1, wf.stats().restored());
        }
        assertEquals(1, Files.readAllLines(folder.resolve("notes")).size());
    }

    private static boolean isLost(Workflow wf) {
        try {
            wf.put(1).delete();
            return false;
        } catch (IllegalStateException lost) {
            return true;
        }
    }

    @Test
    void another_version_a_wrong_token_and_nobody_at_all_are_told_apart() throws Exception {
        Contact right = outside.contact();
        refused("it runs Kiln test, and this is Kiln 9", right, "9");
        refused("wrong token", new Contact(right.host(), right.port(), "0".repeat(64), right.certificate(), 0), "test");
        outside.cut();
        refused("nobody listens at", right, "test");
    }

    private static void refused(String why, Contact contact, String version) {
        var e = assertThrows(IOException.class, () -> RemoteCluster.connect(contact, version));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertFalse(e.getMessage().contains("\n"));
        assertNotNull(e.getMessage());
    }

    @Test
    void values_of_many_pieces_travel_whole_beside_small_tasks() {
        try (Workflow wf = outside.open()) {
            double[] data = new java.util.Random(5).doubles(1 << 20).toArray();
            Ref<Block> large = wf.put(new Block(data));
            Ref<Block> back = wf.task(ContractTasks::same).submit(large);
            Ref<Integer> small = wf.task(ContractTasks::one).submit(value(1));
            assertEquals(2, small.get());
            assertEquals(data[77], large.get().data()[77]);
            assertEquals(data[(1 << 20) - 1], back.get().data()[(1 << 20) - 1]);
        }
    }
}
