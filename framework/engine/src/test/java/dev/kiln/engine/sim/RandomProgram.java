package dev.kiln.engine.sim;

import dev.kiln.engine.Places;
import dev.kiln.engine.Target;
import dev.kiln.engine.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A program that does whatever a program may: tasks of all kinds on values of all kinds, updates, gets and releases, in
 * random order, while nodes come and go. At the end it gets every value that it still may, and then lets go of all.
 */
public final class RandomProgram {

    private final Simulation world;
    private final SplittableRandom random;
    private final boolean rough;
    private final int tasks;
    private final List<Long> usable = new ArrayList<>();
    private final List<Long> values = new ArrayList<>();
    private final Map<Long, TaskSpec> specs = new HashMap<>();
    private final Set<Long> throwers = new HashSet<>();
    private final Set<Long> puts = new HashSet<>();
    private long next;
    private int submitted;

    /** A program of so many tasks; only when {@code rough} do nodes go and tasks fail for good. */
    public RandomProgram(Simulation world, int tasks, boolean rough) {
        this.world = world;
        this.random = world.random.split();
        this.tasks = tasks;
        this.rough = rough;
    }

    /** Plays the program to its end and checks all that can be checked. */
    public void play() {
        step();
        for (int k = random.nextInt(4); k > 0; k--) {
            world.after(random.nextLong(1, 40_000_000), this::comeOrGo);
        }
        if (rough) {
            for (int k = random.nextInt(4); k > 0; k--) {
                world.after(random.nextLong(1, 40_000_000), this::weather);
            }
        }
        world.run();
        world.checkAtRest();
        // Whatever was lost and not missed until now is missed now.
        usable.forEach(world::want);
        world.run();
        world.checkAtRest();
        for (long value : values) {
            checkFailure(value);
        }
        usable.forEach(world::release);
        usable.clear();
        world.run();
        world.checkAllForgotten();
    }

    private void step() {
        int burst = random.nextInt(4) == 0 ? 1 + random.nextInt(30) : 1;
        for (int k = 0; k < burst && submitted < tasks; k++) {
            act();
        }
        if (submitted < tasks) {
            world.after(random.nextLong(2_000_000), this::step);
        }
    }

    private void act() {
        int dice = random.nextInt(20);
        if (dice == 0) {
            put();
        } else if (dice == 1 && !usable.isEmpty()) {
            world.want(any());
        } else if (dice == 2 && !usable.isEmpty()) {
            long value = any();
            usable.remove(value);
            world.release(value);
        } else {
            submit(dice < 9 && !usable.isEmpty());
        }
    }

    private long any() {
        // Recent values more often, so that there are long chains as well as wide graphs.
        int size = usable.size();
        int back = random.nextBoolean() ? random.nextInt(Math.min(4, size)) : random.nextInt(size);
        return usable.get(size - 1 - back);
    }

    private void submit(boolean update) {
        long id = next++;
        submitted++;
        int count = usable.isEmpty() ? 0 : Math.min(random.nextInt(4) + (update ? 1 : 0), usable.size());
        Set<Long> inputs = new java.util.LinkedHashSet<>();
        for (int k = 0; k < count; k++) {
            inputs.add(any());
        }
        boolean changes = update && !inputs.isEmpty();
        int retries = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
        long[] read = inputs.stream().mapToLong(Long::longValue).toArray();
        var spec = new TaskSpec(id, "t", read, changes, target(), retries, random.nextInt(8) == 0 ? 1 : 0);
        int throwsFirst = random.nextInt(3) == 0 ? random.nextInt(retries + 1) : 0;
        boolean poison = false;
        if (rough && random.nextInt(60) == 0) {
            throwsFirst = Behaviour.ALWAYS;
            throwers.add(id);
        } else if (rough && random.nextInt(400) == 0) {
            poison = true;
            throwers.add(id);
        }
        boolean small = random.nextInt(4) == 0;
        long bytes = small ? random.nextInt(1000) : 1L << random.nextInt(10, 24);
        long nanos = 1000L << random.nextInt(14);
        values.add(id);
        usable.add(id);
        specs.put(id, spec);
        if (changes) {
            usable.remove(read[0]);
        }
        world.submit(spec, new Behaviour(nanos, bytes, small, throwsFirst, poison));
    }

    private Target target() {
        return switch (random.nextInt(16)) {
            case 0 -> usable.isEmpty() ? Target.Anywhere.INSTANCE : new Target.Near(any());
            case 1 -> new Target.Node("n" + random.nextInt(rough ? 4 : 1));
            case 2, 3 -> new Target.Shard(random.nextInt(64));
            default -> Target.Anywhere.INSTANCE;
        };
    }

    private void put() {
        long id = next++;
        long bytes = 1L << random.nextInt(4, 24);
        values.add(id);
        usable.add(id);
        puts.add(id);
        switch (random.nextInt(3)) {
            case 0 -> world.put(id, bytes, Places.DRIVER, -1);
            case 1 -> world.put(id, bytes, Places.CACHE, random.nextInt(64));
            default -> {
                List<Integer> alive = world.alive();
                world.put(id, bytes, alive.get(random.nextInt(alive.size())), -1);
            }
        }
    }

    /** A node joins, or one leaves in order; the first stays. */
    private void comeOrGo() {
        List<Integer> mortal = new ArrayList<>(world.alive());
        mortal.remove(Integer.valueOf(0));
        if (mortal.isEmpty() || random.nextInt(5) < 2) {
            world.join();
            return;
        }
        world.leave(mortal.remove(random.nextInt(mortal.size())));
        if (!mortal.isEmpty() && random.nextBoolean()) {
            // While the first is still busy, perhaps with what the second is to take from it.
            int second = mortal.get(random.nextInt(mortal.size()));
            world.after(random.nextLong(1, 1_000_000), () -> world.leave(second));
        }
    }

    private void weather() {
        List<Integer> mortal = new ArrayList<>(world.alive());
        mortal.remove(Integer.valueOf(0));
        int dice = random.nextInt(4);
        if (dice == 0 || mortal.isEmpty()) {
            world.join();
        } else {
            int many = dice == 1 ? 2 : 1;
            int[] lost = new int[Math.min(many, mortal.size())];
            for (int k = 0; k < lost.length; k++) {
                lost[k] = mortal.remove(random.nextInt(mortal.size()));
            }
            world.lose(lost);
        }
    }

    /** A value that failed has a chain along real inputs to one that had every right to fail. */
    private void checkFailure(long value) {
        var failure = world.failure(value);
        if (failure == null) {
            if (throwers.contains(value)) {
                throw world.wrong(value, "#" + value + " throws always and did not fail");
            }
            return;
        }
        List<Long> chain = failure.chain();
        if (chain.getFirst() != value) {
            throw world.wrong(value, "the chain " + chain + " does not begin with #" + value);
        }
        for (int k = 0; k + 1 < chain.size(); k++) {
            long input = chain.get(k + 1);
            if (java.util.Arrays.stream(specs.get(chain.get(k)).inputs()).noneMatch(i -> i == input)) {
                throw world.wrong(value, "the chain " + chain + " does not follow inputs");
            }
        }
        long origin = chain.getLast();
        String reason = failure.reason();
        boolean right = (throwers.contains(origin) && reason.equals("boom " + origin))
                || (puts.contains(origin) && world.counters.nodesLost > 0 && reason.startsWith("the value put as #"))
                || (reason.startsWith("no node named n") && specs.get(origin).target() instanceof Target.Node)
                || (world.counters.nodesLost >= 3 && reason.startsWith("lost with its node 3 times"));
        if (!right) {
            throw world.wrong(origin, "#" + value + " failed for the wrong reason: " + reason);
        }
    }
}
