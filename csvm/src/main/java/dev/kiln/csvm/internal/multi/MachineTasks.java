package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.cascade.CascadeTasks;
import dev.kiln.csvm.internal.cascade.Loss;
import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.cascade.Scan;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tasks of a cascade of several machines, each for all of them at once. Each result depends on the arguments alone,
 * and lists are in the order of the blocks.
 */
final class MachineTasks {

    private MachineTasks() {}

    @Task(name = "class rows")
    static ClassRows rows(Block x, Block y, long firstRow, double[] classes) {
        return ClassRows.of(x, y, RowTerms.ONE, firstRow, classes);
    }

    @Task(name = "weighted class rows")
    static ClassRows weightedRows(Block x, Block y, Block w, long firstRow, double[] classes) {
        return ClassRows.of(x, y, RowTerms.weighing(w, firstRow), firstRow, classes);
    }

    @Task(name = "class counts")
    static long[] counts(ClassRows rows) {
        return rows.counts();
    }

    @Task(name = "fold")
    static ClassRows inFold(ClassRows rows, Fold fold) {
        return rows.where(fold::takes);
    }

    /**
     * Solves the rows of one block.
     *
     * @param root whether it is the only one
     */
    @Task(name = "leaves")
    static Machines leaf(ClassRows block, Contest contest, Training t, double tolerance, boolean root) {
        Machines solved = new MachinesSolver(block, contest, t).solve(List.of(), same(contest, tolerance));
        return root ? solved : solved.light();
    }

    /**
     * Solves what several nodes of the tree found together; a row that several bring counts once.
     *
     * @param root whether this is the last one, from which rounds go on
     */
    @Task(name = "merge")
    static Machines merge(List<Machines> children, Contest contest, Training t, double tolerance, boolean root) {
        ClassUnion union = ClassUnion.of(children.stream().map(Machines::rows).toList());
        int brought = children.stream().mapToInt(child -> child.rows().size()).sum();
        boolean shared = brought > union.rows().size();
        List<Duel> duels = contest.duels();
        List<MachinesSolver.Begin> begin = new ArrayList<>();
        for (int d = 0; d < duels.size(); d++) {
            int[] classes = contest.classes(duels.get(d));
            double[] beta = new double[union.rows().size(classes)];
            // Where parts share rows, a sum of all would count some twice: the first one's alone are taken.
            for (int p = 0; p < (shared ? 1 : children.size()); p++) {
                union.spread(p, classes, children.get(p).beta().get(d), beta);
            }
            if (!shared && !mostlyAt(union.rows().prices(duels.get(d), contest, t.c()), beta)) {
                // Multipliers within their bounds shrink as rows join, so those of the parts are far too large.
                Arrays.fill(beta, 0);
            }
            begin.add(new MachinesSolver.Begin(beta, null, null));
        }
        Machines solved = new MachinesSolver(union.rows(), contest, t).solve(begin, same(contest, tolerance));
        return root ? solved : solved.light();
    }

    /** Whether half of the multipliers that are not zero have reached their bound. */
    static boolean mostlyAt(double[] c, double[] beta) {
        int bound = 0;
        int all = 0;
        for (int i = 0; i < c.length; i++) {
            all += beta[i] != 0 ? 1 : 0;
            bound += beta[i] != 0 && Math.abs(beta[i]) >= c[i] ? 1 : 0;
        }
        return 2 * bound >= all;
    }

    /** Looks through a block for the first time. */
    @Task(name = "scan classes")
    static MachineScan scan(ClassRows block, Machines machines, Contest contest, Training t) {
        var by = new MachineSums(block, contest, t.kernel());
        List<double[]> sums = by.none();
        by.add(machines, sums);
        return MachineScan.of(block, sums, machines, contest, t);
    }

    /** Looks again; only multipliers that changed since the previous machines cost anything. */
    @Task(name = "rescan classes")
    static MachineScan rescan(
            ClassRows block, List<double[]> before, Machines previous, Machines machines, Contest contest, Training t) {
        List<double[]> sums = before.stream().map(double[]::clone).toList();
        new MachineSums(block, contest, t.kernel()).addChanges(previous, machines, sums);
        return MachineScan.of(block, sums, machines, contest, t);
    }

    /** What all blocks found, for each machine. */
    @Task(name = "found classes")
    static List<Scan.Found> found(List<List<Scan.Found>> blocks) {
        return IntStream.range(0, blocks.getFirst().size())
                .mapToObj(d -> blocks.stream().map(block -> block.get(d)).reduce(Scan.Found.NOTHING, Scan.Found::and))
                .toList();
    }

    /**
     * Solves the machines together with rows that join, from where they stand.
     *
     * @param tolerance of each machine; infinite for one that is not to be solved again
     */
    @Task(name = "resolve classes")
    static Machines resolve(
            Machines machines, List<Candidates> joining, double[] tolerance, Contest contest, Training t) {
        return join(machines, joining, tolerance, contest, t);
    }

    /** Solves the rows of one block together with the support vectors of the pass before, from where these stand. */
    @Task(name = "leaves again")
    static Machines leafAgain(
            ClassRows block, Machines found, Contest contest, Training t, double tolerance, boolean root) {
        var by = new MachineSums(block, contest, t.kernel());
        List<double[]> f = by.none();
        by.add(found, f);
        List<Duel> duels = contest.duels();
        for (int d = 0; d < duels.size(); d++) {
            byte[] labels = block.labels(duels.get(d), contest);
            for (int i = 0; i < labels.length; i++) {
                f.get(d)[i] -= labels[i];
            }
        }
        List<Candidates> all = List.of(new Candidates(block, f));
        Machines solved = join(found, all, same(contest, tolerance), contest, t);
        return root ? solved : solved.light();
    }

    private static Machines join(
            Machines machines, List<Candidates> joining, double[] tolerance, Contest contest, Training t) {
        List<ClassRows> parts = new ArrayList<>();
        joining.forEach(part -> parts.add(part.rows()));
        parts.add(machines.rows());
        ClassUnion union = ClassUnion.of(parts);
        List<Duel> duels = contest.duels();
        List<MachinesSolver.Begin> begin = new ArrayList<>();
        for (int d = 0; d < duels.size(); d++) {
            int[] classes = contest.classes(duels.get(d));
            double[] beta = new double[union.rows().size(classes)];
            double[] f = new double[beta.length];
            for (int p = 0; p < joining.size(); p++) {
                union.spread(p, classes, joining.get(p).f().get(d), f);
            }
            union.spread(joining.size(), classes, machines.beta().get(d), beta);
            union.spread(joining.size(), classes, machines.f().get(d), f);
            boolean done = Double.isInfinite(tolerance[d]);
            begin.add(new MachinesSolver.Begin(beta, f, done ? machines.states().get(d) : null));
        }
        return new MachinesSolver(union.rows(), contest, t).solve(begin, tolerance);
    }

    private static double[] same(Contest contest, double tolerance) {
        double[] all = new double[contest.duels().size()];
        Arrays.fill(all, tolerance);
        return all;
    }

    /**
     * What the machines do to the rows of a block, or of all.
     *
     * @param machines for each
     * @param rows all of them
     * @param correct rows that get their class from all of them together
     */
    record Losses(List<Loss> machines, long rows, long correct) {}

    /** The losses of a block, by the sums of its last scan. */
    @Task(name = "losses of block")
    static Losses loss(ClassRows block, List<double[]> sums, Machines machines, Contest contest, Training t) {
        List<Duel> duels = contest.duels();
        List<Loss> losses = new ArrayList<>();
        boolean[][] beaten = block.none();
        for (int d = 0; d < duels.size(); d++) {
            int[] classes = contest.classes(duels.get(d));
            double rho = machines.states().get(d).rho();
            double[] prices = block.prices(duels.get(d), contest, t.c());
            double hinge = 0;
            long correct = 0;
            int at = 0;
            for (int k : classes) {
                int label = duels.get(d).label(contest.classOf(k));
                for (int i = 0; i < beaten[k].length; i++) {
                    double decision = sums.get(d)[at] - rho;
                    hinge += prices[at++] * Math.max(0, 1 - label * decision);
                    boolean right = (decision > 0) == (label > 0);
                    correct += right ? 1 : 0;
                    beaten[k][i] |= !right;
                }
            }
            losses.add(new Loss(at, hinge, correct, 0));
        }
        return new Losses(losses, block.size(), correct(block, beaten, machines, contest, t));
    }

    /**
     * A row whose own class wins against every other, or alone against the rest, gets its class; the others are asked
     * for.
     */
    private static long correct(ClassRows block, boolean[][] beaten, Machines machines, Contest contest, Training t) {
        int[][] doubtful = new int[beaten.length][];
        long sure = 0;
        for (int k = 0; k < beaten.length; k++) {
            boolean[] of = beaten[k];
            doubtful[k] = IntStream.range(0, of.length).filter(i -> of[i]).toArray();
            sure += of.length - doubtful[k].length;
        }
        ClassRows rest = block.select(doubtful);
        if (rest.size() == 0) {
            return sure;
        }
        Machines.Vectors vectors = machines.vectors(contest);
        List<Duel> duels = contest.duels();
        double[] rho =
                machines.states().stream().mapToDouble(Machine.State::rho).toArray();
        for (int k = 0; k < beaten.length; k++) {
            for (double[] decisions :
                    MultiPrediction.decisions(rest.parts().get(k).points(), vectors, rho, t.kernel())) {
                sure += Duel.winner(decisions, duels, contest.classes()) == k ? 1 : 0;
            }
        }
        return sure;
    }

    /** The losses of all blocks. */
    @Task(name = "losses of blocks")
    static Losses losses(List<Losses> blocks) {
        List<Loss> all = IntStream.range(0, blocks.getFirst().machines().size())
                .mapToObj(d -> CascadeTasks.losses(
                        blocks.stream().map(block -> block.machines().get(d)).toList()))
                .toList();
        return new Losses(
                all,
                blocks.stream().mapToLong(Losses::rows).sum(),
                blocks.stream().mapToLong(Losses::correct).sum());
    }
}
