package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.KernelMatrix;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SmoSolver;
import dev.kiln.csvm.solver.SvmProblem;
import dev.kiln.csvm.solver.SvmSolution;
import dev.kiln.csvm.solver.SvmStart;
import dev.kiln.tasks.Task;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tasks of training. Each result depends on the arguments alone, and lists are in the order of the blocks. */
public final class CascadeTasks {

    private CascadeTasks() {}

    /** Solves the rows of one block. */
    @Task(name = "leaf")
    static Machine leaf(BlockRows block, Training t, double tolerance) {
        return solve(
                block.points(),
                block.labels(),
                block.terms(),
                block.ids(),
                null,
                t,
                tolerance,
                Math.max(1, block.labels().length / 2));
    }

    /** The rows of a block in the form of a machine, with multipliers of 0. */
    static Machine unsolved(BlockRows block, Machine.State state) {
        int n = block.labels().length;
        return new Machine(
                block.points(), block.labels(), block.terms(), block.ids(), new double[n], new double[n], state);
    }

    /** Solves the support vectors together with violators, from where the machine stands. */
    @Task(name = "resolve")
    static Machine resolve(Machine machine, List<Violators> blocks, Training t, double tolerance) {
        Machine all = WorkingSet.join(machine, blocks);
        var start = new SvmStart(all.beta(), all.f());
        return solve(all.points(), all.labels(), all.terms(), all.ids(), start, t, tolerance, Integer.MAX_VALUE);
    }

    /** Looks through a block for the first time. */
    @Task(name = "scan")
    static Scan scan(BlockRows block, Machine machine, Training t) {
        double[] sums = new double[block.labels().length];
        BlockScan.addAll(sums, block.points(), machine, t.kernel());
        return BlockScan.scan(block, sums, machine, t);
    }

    /** Looks again; only multipliers that changed since the previous machine cost anything. */
    @Task(name = "rescan")
    static Scan rescan(BlockRows block, double[] sums, Machine previous, Machine machine, Training t) {
        double[] updated = sums.clone();
        BlockScan.addChanges(updated, block.points(), previous, machine, t.kernel());
        return BlockScan.scan(block, updated, machine, t);
    }

    @Task(name = "found")
    static Scan.Found found(List<Scan.Found> blocks) {
        return blocks.stream().reduce(Scan.Found.NOTHING, Scan.Found::and);
    }

    /** The losses of a block that nobody has looked through yet. */
    public static Loss loss(BlockRows block, Machine machine, Training t) {
        double[] sums = new double[block.labels().length];
        BlockScan.addAll(sums, block.points(), machine, t.kernel());
        return lossBySums(block, sums, machine.state(), t);
    }

    /** The losses of a block, by the sums that a look through it left for this machine. */
    @Task(name = "loss")
    static Loss lossBySums(BlockRows block, double[] sums, Machine.State machine, Training t) {
        double rho = machine.rho();
        double penalty = 0;
        double squares = 0;
        long correct = 0;
        double[] prices = t.prices(block.labels(), block.terms());
        for (int i = 0; i < sums.length; i++) {
            double decision = sums[i] - rho;
            byte label = block.labels()[i];
            double target = block.terms().target(i);
            penalty += prices[i] * t.aim().loss(label, target, decision);
            correct += t.aim().isRight(label, target, decision) ? 1 : 0;
            squares += (target - decision) * (target - decision);
        }
        return new Loss(sums.length, penalty, correct, squares);
    }

    @Task(name = "losses")
    public static Loss losses(List<Loss> blocks) {
        long rows = 0;
        double penalty = 0;
        double squares = 0;
        long correct = 0;
        for (Loss loss : blocks) {
            rows += loss.rows();
            penalty += loss.penalty();
            correct += loss.correct();
            squares += loss.squares();
        }
        return new Loss(rows, penalty, correct, squares);
    }

    static Machine solve(
            Points points,
            byte[] labels,
            RowTerms terms,
            long[] ids,
            @Nullable SvmStart start,
            Training t,
            double tolerance,
            int mostOfOneClass) {
        SvmProblem problem = t.aim()
                .problem(
                        KernelMatrix.of(t.kernel(), points),
                        labels,
                        terms,
                        t.prices(labels, terms),
                        start == null ? null : start.beta());
        SvmSolution solution = SmoSolver.solve(problem, start, tolerance, t.kernelBytes());
        Machine machine = Machine.of(points, labels, terms, ids, solution, t.aim());
        if (machine.size() > 0 || labels.length == 0) {
            return machine;
        }
        // One class only: nothing supports anything. Some of its rows go on, to meet the other class further up.
        int[] rows = IntStream.range(0, labels.length)
                .filter(i -> terms.weight(i) > 0)
                .toArray();
        int[] drawn = draw(rows, mostOfOneClass, t.seed() ^ ids[0]);
        return new Machine(points, labels, terms, ids, solution.beta(), solution.f(), machine.state()).select(drawn);
    }

    /** So many of these numbers, drawn by the seed, ascending. */
    public static int[] draw(int[] all, int most, long seed) {
        int from = all.length;
        if (from <= most) {
            return all;
        }
        var random = new SplittableRandom(seed);
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(from - i);
            int swap = all[i];
            all[i] = all[j];
            all[j] = swap;
        }
        int[] drawn = Arrays.copyOf(all, most);
        Arrays.sort(drawn);
        return drawn;
    }

    static Machine concat(List<Machine> parts) {
        int size = parts.stream().mapToInt(Machine::size).sum();
        byte[] labels = new byte[size];
        long[] ids = new long[size];
        double[] beta = new double[size];
        int at = 0;
        for (Machine part : parts) {
            System.arraycopy(part.labels(), 0, labels, at, part.size());
            System.arraycopy(part.ids(), 0, ids, at, part.size());
            System.arraycopy(part.beta(), 0, beta, at, part.size());
            at += part.size();
        }
        Points points = Points.concat(parts.stream().map(Machine::points).toList());
        RowTerms terms = RowTerms.concat(
                parts.stream().map(Machine::terms).toList(),
                parts.stream().mapToInt(Machine::size).toArray());
        return new Machine(
                points,
                labels,
                terms,
                ids,
                beta,
                new double[size],
                parts.getFirst().state());
    }
}
