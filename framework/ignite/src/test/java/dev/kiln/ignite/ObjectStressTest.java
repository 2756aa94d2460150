package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.Eventually;
import dev.kiln.runtime.testing.Tally;
import dev.kiln.runtime.testing.TallyHistory;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.ActiveObjectException;
import dev.kiln.tasks.ActiveObjectException.Reason;
import dev.kiln.tasks.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many callers update and read objects with copies on three nodes, of which one after the other is killed and replaced.
 * With {@code -Dkiln.stress.operations=100000} it takes minutes.
 */
@Timeout(1200)
class ObjectStressTest {

    private static final int OPERATIONS = Integer.getInteger("kiln.stress.operations", 5_000);
    private static final int KILLS = OPERATIONS > 50_000 ? 4 : 1;
    private static final int OBJECTS = Integer.getInteger("kiln.stress.objects", 100);
    private static final int CALLERS = 8;

    /** How long all calls may take. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    /** A counter's handle, and what was seen of it. */
    private record Watched(ActiveObject<Tally> object, TallyHistory history) {}

    @Test
    void no_answered_update_is_lost_and_no_read_is_stale_while_nodes_are_killed_and_replaced() throws Exception {
        var options = IgniteClusterOptions.of(3, 2)
                .withMemory(64L << 20)
                .withHeap(256L << 20)
                .withFailureDetection(Machine.STALL);
        try (var cluster = IgniteCluster.start(options);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()));
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Watched> objects = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                objects.add(new Watched(wf.object(Tally.class).backups(1).create(), new TallyHistory()));
            }
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int c = 0; c < CALLERS; c++) {
                long seed = c;
                running.add(CompletableFuture.runAsync(() -> call(objects, new Random(seed)), callers));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new));
            for (int kill = 1; kill <= KILLS; kill++) {
                Eventually.until(LONGEST, new Reached(done, OPERATIONS / (KILLS + 1) * kill, all)::now);
                killOne(cluster, wf, kill);
            }
            all.get();
            check(objects);
        }
    }

    private record Reached(AtomicInteger done, int wanted, CompletableFuture<?> ended) {
        boolean now() {
            return done.get() >= wanted || ended.isDone();
        }
    }

    private static void killOne(IgniteCluster cluster, Workflow wf, int kill) throws InterruptedException {
        // The copies that the kill before cost are made anew first: with one copy each, one loss at a time is survived.
        Eventually.until(
                () -> wf.objects().stream().allMatch(each -> each.replicas().size() == 1));
        long pid = cluster.processIds().get(kill == 1 ? 0 : cluster.processIds().size() - 1);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        var _ = cluster.addNode();
    }

    private void call(List<Watched> objects, Random chance) {
        for (int i = 0; i < OPERATIONS / CALLERS; i++) {
            Watched one = objects.get(chance.nextInt(objects.size()));
            Tally tally = one.object.stub();
            boolean update = chance.nextInt(2) == 0;
            long called = System.nanoTime();
            try {
                long value = update ? tally.increment() : tally.value();
                long returned = System.nanoTime();
                if (update) {
                    one.history.incremented(called, returned, value);
                } else {
                    one.history.read(called, returned, value);
                }
            } catch (ActiveObjectException e) {
                if (!update || e.reason() != Reason.OUTCOME_UNKNOWN) {
                    throw e;
                }
                unknown.incrementAndGet();
                one.history.incrementedPerhaps(called);
            }
            done.incrementAndGet();
        }
    }

    private void check(List<Watched> objects) throws InterruptedException {
        var size = new AtomicLong();
        for (Watched each : objects) {
            long called = System.nanoTime();
            long value = each.object.stub().value();
            each.history.read(called, System.nanoTime(), value);
            assertEquals(List.of(), each.history.problems(), each.object.alias());
            size.addAndGet(each.history.size());
        }
        assertTrue(size.get() >= OPERATIONS, "recorded " + size);
        assertTrue(unknown.get() <= KILLS * CALLERS, unknown + " calls of unknown outcome");
        // The last copies are made anew beside the calls, which need not wait for them.
        for (Watched each : objects.subList(0, 3)) {
            Eventually.until(() -> each.object.info().replicas().size() == 1);
        }
    }
}
