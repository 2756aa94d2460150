package dev.kiln.engine.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.engine.SchedulerOptions;
import dev.kiln.engine.Target;
import dev.kiln.engine.TaskSpec;
import org.junit.jupiter.api.Test;

/** How a cluster of 16 nodes with 48 cores each would fare, without one: all in virtual time. */
class ManyCoresTest {

    private static final int NODES = 16;
    private static final int SLOTS = 48;
    private static final long TASK = 10_000_000;

    /** Blocks loaded on their shards' owners, a task on each, and a tree of sums: the shape of a training round. */
    @Test
    void seven_hundred_and_sixty_eight_cores_are_kept_busy() {
        var options = SchedulerOptions.forFounders(NODES).withStories(0);
        var world = new Simulation(1, new Settings(options, NODES, SLOTS, 50_000, 1, false, false));
        int blocks = 20 * NODES * SLOTS;
        long next = 0;
        for (int k = 0; k < blocks; k++) {
            world.submit(
                    new TaskSpec(next++, "load", new long[0], false, new Target.Shard(k % 1024), 0, 0),
                    Behaviour.plain(TASK, 100_000));
        }
        for (int k = 0; k < blocks; k++) {
            world.submit(
                    new TaskSpec(next++, "train", new long[] {k}, false, Target.Anywhere.INSTANCE, 0, 0),
                    Behaviour.plain(TASK, 1_000));
        }
        long from = blocks;
        for (long many = blocks; many > 1; many = (many + 7) / 8) {
            long first = next;
            for (long k = 0; k < many; k += 8) {
                long[] inputs = new long[(int) Math.min(8, many - k)];
                for (int i = 0; i < inputs.length; i++) {
                    inputs[i] = from + k + i;
                }
                world.submit(
                        new TaskSpec(next++, "sum", inputs, false, Target.Anywhere.INSTANCE, 0, 0),
                        Behaviour.plain(TASK / 10, 1_000));
            }
            from = first;
        }
        world.want(from);
        world.run();
        world.checkAtRest();
        world.scheduler.validate();
        assertEquals(1, world.counters.delivered);
        double busy = world.counters.busyNanos / ((double) world.now() * NODES * SLOTS);
        System.out.printf(
                "768 cores in virtual time: %d tasks in %.0f ms, %.0f %% of the cores busy, %.1f MB moved%n",
                next, world.now() / 1e6, 100 * busy, world.counters.bytesMoved / 1e6);
        assertTrue(busy > 0.8, "cores are busy " + busy);
    }

    /** A node where everything takes a thousand times as long keeps what it has begun, and nothing else waits for it. */
    @Test
    void one_slow_node_does_not_slow_the_others() {
        int fast = 3;
        int tasks = 2_000;
        long each = 1_000_000;
        var options = SchedulerOptions.forFounders(fast + 1).withStories(0);
        var world = new Simulation(1, new Settings(options, fast + 1, 2, 50_000, 1, false, true));
        world.slow(fast, 1_000);
        for (long k = 0; k < tasks; k++) {
            world.submit(
                    new TaskSpec(k, "t", new long[0], false, Target.Anywhere.INSTANCE, 0, 0), Behaviour.plain(each, 8));
        }
        world.run();
        world.checkAtRest();
        // Its two slots are in their first tasks to the end; it was sent four times as many.
        assertTrue(world.counters.takenBack >= 4, "taken back " + world.counters.takenBack);
        assertTrue(world.now() < 1.05 * 1_000 * each, "all took " + world.now() / 1_000_000 + " ms");
    }
}
