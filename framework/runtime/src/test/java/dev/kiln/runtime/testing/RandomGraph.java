package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.ContractTasks.Halves;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A random program of tasks, updates, parts, puts and shards, and what it gives when one thread runs it. The same seed
 * is the same program.
 */
public final class RandomGraph {

    private static final int LENGTH = 400;

    private final long seed;
    private final int steps;

    public RandomGraph(long seed, int steps) {
        this.seed = seed;
        this.steps = steps;
    }

    /** What one thread gets. */
    public long expected() {
        List<Block> live = new ArrayList<>();
        var random = new Random(seed);
        start(random).forEach(live::add);
        for (int step = 0; step < steps; step++) {
            int kind = random.nextInt(10);
            int target = random.nextInt(live.size());
            int a = random.nextInt(live.size());
            int b = random.nextInt(live.size());
            int place = random.nextInt(Placement.SHARDS);
            if (kind < 4) {
                live.add(ContractTasks.mix(List.of(live.get(a), live.get(b)), step));
            } else if (kind < 7) {
                Block changed = new Block(live.get(target).data().clone());
                if (target == a) {
                    ContractTasks.add(changed, step);
                } else {
                    ContractTasks.addBlock(changed, live.get(a));
                }
                live.set(target, changed);
            } else if (kind < 8) {
                Halves halves = ContractTasks.halve(live.get(a));
                live.set(target, ContractTasks.mix(List.of(widen(halves.low()), widen(halves.high())), place));
            } else {
                live.add(ContractTasks.mix(List.of(live.get(a)), place));
            }
        }
        return checksum(live);
    }

    /** Submits it all, then gets every value that is left. */
    public long run(Workflow wf) {
        return collect(submit(wf));
    }

    /** Submits it all. */
    public List<Ref<Block>> submit(Workflow wf) {
        List<Ref<Block>> live = new ArrayList<>();
        var random = new Random(seed);
        for (Block each : start(random)) {
            live.add(wf.put(each));
        }
        for (int step = 0; step < steps; step++) {
            int kind = random.nextInt(10);
            int target = random.nextInt(live.size());
            int a = random.nextInt(live.size());
            int b = random.nextInt(live.size());
            int place = random.nextInt(Placement.SHARDS);
            if (kind < 4) {
                live.add(
                        wf.task(ContractTasks::mix).submit(all(List.of(live.get(a), live.get(b))), value((long) step)));
            } else if (kind < 7) {
                live.set(
                        target,
                        target == a
                                ? wf.update(ContractTasks::add).submit(live.get(target), value((double) step))
                                : wf.update(ContractTasks::addBlock).submit(live.get(target), live.get(a)));
            } else if (kind < 8) {
                Ref<Halves> halves = wf.task(ContractTasks::halve).submit(live.get(a));
                Ref<Block> low = wf.task(RandomGraph::widen).submit(halves.part(Halves::low));
                Ref<Block> high = wf.task(RandomGraph::widen).submit(halves.part(Halves::high));
                live.set(target, wf.task(ContractTasks::mix).submit(all(List.of(low, high)), value((long) place)));
            } else {
                live.add(wf.task(ContractTasks::mix)
                        .on(Placement.shard(place))
                        .submit(all(List.of(live.get(a))), value((long) place)));
            }
        }
        return live;
    }

    /** Gets every value and adds them up in order. */
    public long collect(List<Ref<Block>> live) {
        return checksum(live.stream().map(Ref::get).toList());
    }

    /** Brings half a block to full length. */
    @dev.kiln.tasks.Task
    public static Block widen(Block half) {
        return new Block(Arrays.copyOf(half.data(), LENGTH));
    }

    private static List<Block> start(Random random) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            blocks.add(new Block(random.doubles(LENGTH).toArray()));
        }
        return blocks;
    }

    private static long checksum(List<Block> blocks) {
        long sum = 0;
        for (Block each : blocks) {
            sum = sum * 31 + Arrays.hashCode(each.data());
        }
        return sum;
    }
}
