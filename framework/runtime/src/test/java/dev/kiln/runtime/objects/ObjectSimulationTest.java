package dev.kiln.runtime.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.runtime.testing.TallyHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Random histories of objects whose nodes come and go: every one can have happened one call after the other. */
class ObjectSimulationTest {

    private static final int SEEDS = Integer.getInteger("kiln.object.seeds", 300);
    private static final long FIRST = Long.getLong("kiln.object.seed", 1);

    @Test
    void no_answered_update_is_lost_and_no_read_is_stale_whatever_happens_to_nodes_and_messages() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        List<String> problems;
        try {
            problems = history(seed).problems();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "seed " + seed + ": run it alone with -Dkiln.object.seed=" + seed + " -Dkiln.object.seeds=1", e);
        }
        assertEquals(List.of(), problems, () -> "seed " + seed);
    }

    private static TallyHistory history(long seed) {
        var simulation = new ObjectSimulation(seed, 4);
        Random chance = simulation.chance();
        long object = simulation.create(1 + chance.nextInt(2));
        var history = new TallyHistory();
        List<CompletableFuture<?>> callers = new ArrayList<>();
        double updates = chance.nextDouble();
        for (int c = 0; c < 5; c++) {
            callers.add(simulation.caller(object, history, 25, updates));
        }
        simulation.later(100, () -> trouble(simulation, object, callers));
        simulation.later(500, () -> balance(simulation, callers));
        simulation.run(CompletableFuture.allOf(callers.toArray(CompletableFuture<?>[]::new)));
        return history;
    }

    /** Something happens every now and then, while callers call; never are so many nodes lost that no copy is left. */
    private static void trouble(ObjectSimulation simulation, long object, List<CompletableFuture<?>> callers) {
        if (callers.stream().allMatch(CompletableFuture::isDone)) {
            return;
        }
        Random chance = simulation.chance();
        List<Integer> running = simulation.running();
        switch (chance.nextInt(6)) {
            case 0, 1 -> {
                boolean settled = copies(simulation, object) > 0;
                if (running.size() > 2 && settled) {
                    simulation.lose(running.get(chance.nextInt(running.size())), chance.nextInt(3) > 0);
                }
            }
            case 2 -> simulation.addNode();
            case 3 ->
                simulation
                        .service()
                        .ask(new ObjectRequest.Move(object, "node-" + running.get(chance.nextInt(running.size()))));
            case 4 -> simulation.fill(running.get(chance.nextInt(running.size())), chance.nextBoolean());
            default -> simulation.service().ask(new ObjectRequest.Replicate(object, 1 + chance.nextInt(3)));
        }
        simulation.later(chance.nextInt(4000), () -> trouble(simulation, object, callers));
    }

    private static void balance(ObjectSimulation simulation, List<CompletableFuture<?>> callers) {
        if (!callers.stream().allMatch(CompletableFuture::isDone)) {
            simulation.service().balance();
            simulation.later(500, () -> balance(simulation, callers));
        }
    }

    private static int copies(ObjectSimulation simulation, long object) {
        var reply = simulation.service().ask(new ObjectRequest.ListAll()).join();
        return reply instanceof ObjectReply.Infos(var all)
                ? all.stream()
                        .filter(each -> each.id() == object)
                        .mapToInt(each -> each.replicas().size())
                        .sum()
                : 0;
    }
}
