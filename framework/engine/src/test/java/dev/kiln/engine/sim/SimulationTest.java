package dev.kiln.engine.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.engine.Counts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random graphs on random clusters. A failure names its seed; {@code -Dkiln.seed=N} plays that one alone, and
 * {@code -Dkiln.graphs=N} plays another number of them.
 */
class SimulationTest {

    private static final int GRAPHS = Integer.getInteger("kiln.graphs", 10_000);

    @Test
    void every_random_graph_ends_with_every_result_right_whatever_the_weather() {
        Long only = Long.getLong("kiln.seed");
        long nodesLost = 0;
        long inPlace = 0;
        long takenBack = 0;
        long followed = 0;
        long nodesLeft = 0;
        for (long seed = only == null ? 1 : only; seed <= (only == null ? GRAPHS : only); seed++) {
            Counters counters = play(seed, true);
            nodesLost += counters.nodesLost;
            inPlace += counters.inPlace;
            takenBack += counters.takenBack;
            followed += counters.followed;
            nodesLeft += counters.nodesLeft;
        }
        if (only == null) {
            assertTrue(nodesLost > GRAPHS / 2, "nodes were lost");
            assertTrue(nodesLeft > GRAPHS / 5, "nodes left in order");
            assertTrue(inPlace > GRAPHS, "values were updated in place");
            assertTrue(takenBack > GRAPHS / 10, "tasks were taken back: " + takenBack);
            assertTrue(followed > GRAPHS, "tasks followed others: " + followed);
        }
    }

    /**
     * What the scheduler believes is what is so, as long as nothing is lost or late. Nodes that join, and that leave in
     * order, cost no run of any task.
     */
    @Test
    void on_a_good_day_no_task_runs_twice_and_no_input_is_missing() {
        Long only = Long.getLong("kiln.seed");
        for (long seed = only == null ? 1 : only; seed <= (only == null ? 1000 : only); seed++) {
            play(seed, false);
        }
    }

    private static Counters play(long seed, boolean rough) {
        var random = new SplittableRandom(~seed);
        int nodes = 1 + random.nextInt(5);
        int tasks = 1 + (int) (200 * Math.pow(random.nextDouble(), 3));
        Settings settings = rough ? Settings.rough(nodes) : Settings.calm(nodes);
        var world = new Simulation(seed, seed % 4 == 0 ? settings.withoutMessages() : settings);
        try {
            new RandomProgram(world, tasks, rough).play();
            if (!rough) {
                Counts counts = world.scheduler.counts();
                assertEquals(world.counters.threw, counts.repeated(), "repeated");
                assertEquals(counts.submitted() + counts.repeated(), world.counters.runs, "runs");
                if (world.counters.nodesLeft == 0) {
                    assertEquals(0, world.counters.inputsMissing, "missing inputs");
                }
                assertEquals(counts.submitted(), counts.done(), "done");
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "graph of seed " + seed + (rough ? "" : " on a good day") + ": " + e.getMessage()
                            + "\nagain: ./mvnw -pl framework/engine -am test -Dtest=SimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dkiln.seed=" + seed,
                    e);
        }
        return world.counters;
    }
}
