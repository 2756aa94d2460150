package dev.kiln.ignite;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.Ledger;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.ReadOnly;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Active objects on a node that has no room left, and on one that is killed. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ObjectEndTest {

    /** An object whose state is as large as one likes. */
    interface Hoard {
        /** Keeps so many bytes more; returns how many pieces there are. */
        int keep(int bytes);

        /** Lets go of all, and has the JVM notice. */
        void forget();

        @ReadOnly
        int pieces();
    }

    /** What it is on nodes. */
    static final class PlainHoard implements Hoard {
        private final List<byte[]> kept = new ArrayList<>();

        PlainHoard() {}

        @Override
        public int keep(int bytes) {
            kept.add(new byte[bytes]);
            return kept.size();
        }

        @Override
        public void forget() {
            kept.clear();
            System.gc();
        }

        @Override
        public int pieces() {
            return kept.size();
        }
    }

    private static IgniteCluster start() {
        return IgniteCluster.start(IgniteClusterOptions.of(2, 1)
                .withMemory(64L << 20)
                .withHeap(128L << 20)
                .withFailureDetection(Machine.STALL));
    }

    private static Workflow open(IgniteCluster cluster) {
        return new Workflow(cluster.open(ObjectEndTest.class.getClassLoader()));
    }

    private static ActiveObject<Ledger> onNode1(Workflow wf) {
        return wf.object(Ledger.class).on(node("node-1")).create(1);
    }

    @Test
    void a_full_node_takes_no_more_objects_says_why_in_one_line_and_takes_them_again_when_it_has_room()
            throws Exception {
        try (IgniteCluster cluster = start();
                Workflow wf = open(cluster)) {
            ActiveObject<Hoard> hoard =
                    wf.object(Hoard.class).on(node("node-1")).create();
            List<ActiveObjectException> refusals = new ArrayList<>();
            BooleanSupplier refused = () -> {
                hoard.stub().keep(1 << 20);
                try {
                    onNode1(wf).delete();
                } catch (ActiveObjectException e) {
                    refusals.add(e);
                }
                return !refusals.isEmpty();
            };
            Eventually.until(refused);
            ActiveObjectException full = refusals.getFirst();
            assertEquals(Reason.NODE_FULL, full.reason(), full.getMessage());
            assertTrue(
                    full.getMessage()
                            .matches(
                                    "node-1 is full: [\\d.]+ .?B of the [\\d.]+ .?B of its heap for objects that stay are in"
                                            + " use; delete some, or start it with a larger heap"),
                    full.getMessage());
            // It goes on with what it has, and objects that may be anywhere are made elsewhere.
            assertTrue(hoard.stub().pieces() > 10);
            assertEquals("node-0", wf.object(Ledger.class).create(1).info().node());
            hoard.stub().forget();
            assertEquals("node-1", onNode1(wf).info().node());
        }
    }

    @Test
    void where_the_last_snapshot_will_do_an_object_goes_on_from_it_when_its_node_is_killed() throws Exception {
        try (IgniteCluster cluster = start();
                Workflow wf = open(cluster)) {
            ActiveObject<Ledger> kept = wf.object(Ledger.class)
                    .as("kept")
                    .on(node("node-1"))
                    .lastSnapshotWillDo()
                    .create(1);
            kept.stub().add(2);
            kept.snapshot();
            kept.stub().add(3);
            long version = kept.snapshot();
            kept.stub().add(4);
            ActiveObject<Ledger> never = wf.object(Ledger.class)
                    .on(node("node-1"))
                    .lastSnapshotWillDo()
                    .create(1);
            ActiveObject<Ledger> strict = onNode1(wf);
            strict.snapshot();
            assertTrue(ProcessHandle.of(cluster.processIds().getFirst())
                    .orElseThrow()
                    .destroyForcibly());
            Eventually.until(() -> wf.nodes().size() == 1);
            // Both ways of calling wait until the object is back; what came after the snapshot is gone.
            assertEquals(List.of(1, 2, 3), kept.task(Ledger::numbers).submit().get());
            assertEquals(version, kept.version());
            assertEquals(4, kept.update(Ledger::add).submit(value(5)).get());
            assertEquals(List.of(1, 2, 3, 5), kept.stub().numbers());
            assertEquals("node-0", kept.info().node());
            String why = cluster.objects().ask(new ObjectRequest.Why("kept")).join() instanceof ObjectReply.Text text
                    ? text.text()
                    : "";
            // How often it is called lately may follow: that depends on how fast this machine is.
            assertEquals(
                    List.of(
                            "object kept is on node-0: it was brought there from its last snapshot, as node-1 was lost",
                            "  no copies (none asked for)"),
                    why.lines().limit(2).toList(),
                    why);
            for (ActiveObject<Ledger> gone : List.of(never, strict)) {
                var lost = assertThrows(
                        ActiveObjectException.class, () -> gone.stub().numbers());
                assertEquals(Reason.LOST, lost.reason(), lost.getMessage());
                assertTrue(
                        lost.getMessage()
                                .endsWith("which held its only copy: create it with backups(1) to have another"),
                        lost.getMessage());
            }
        }
    }
}
