package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.cascade.CascadeTasks;
import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.SmoSolver;
import dev.kiln.csvm.solver.SvmSolution;
import dev.kiln.csvm.solver.SvmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Solves the machines of a contest on some rows, one after the other; they share kernel values. For one thread, and for
 * one solve.
 */
final class MachinesSolver {

    private final ClassRows rows;
    private final Contest contest;
    private final Training t;
    private final ClassKernel kernel;
    // The rows of each class that support a machine, or that a machine's bounds stand for.
    private final boolean[][] kept;
    private final List<double[]> beta = new ArrayList<>();
    private final List<double[]> f = new ArrayList<>();
    private final List<Machine.State> states = new ArrayList<>();

    MachinesSolver(ClassRows rows, Contest contest, Training t) {
        this.rows = rows;
        this.contest = contest;
        this.t = t;
        // Half for what machines share, half for the rows of the machine at work.
        this.kernel = new ClassKernel(rows, contest, t.kernel(), t.kernelBytes() / 2);
        this.kept = rows.none();
    }

    /**
     * Where a machine stands before it is solved.
     *
     * @param beta multipliers, one a row
     * @param f what {@link Machines#f} is to them, or null for unknown
     * @param state the machine's, if it is not to be solved again
     */
    record Begin(double[] beta, double @Nullable [] f, Machine.@Nullable State state) {}

    /**
     * The machines, and those rows that count.
     *
     * @param begin one a machine; none to begin with zero
     * @param tolerance of each machine
     */
    Machines solve(List<Begin> begin, double[] tolerance) {
        List<Duel> duels = contest.duels();
        for (int d = 0; d < tolerance.length; d++) {
            Begin own = begin.isEmpty() ? null : begin.get(d);
            boolean known = own != null && own.f() != null;
            solve(
                    duels.get(d),
                    !known && d > 0 && duels.get(d).follows(duels.get(d - 1)) ? risen(duels, d) : own,
                    tolerance[d]);
        }
        int[][] which = new int[kept.length][];
        for (int k = 0; k < which.length; k++) {
            boolean[] these = kept[k];
            which[k] = IntStream.range(0, these.length).filter(i -> these[i]).toArray();
        }
        if (beta.stream().allMatch(MachinesSolver::zero)) {
            which = oneClass();
        }
        return new Machines(rows, beta, f, states).select(contest, which);
    }

    private void solve(Duel duel, @Nullable Begin begin, double tolerance) {
        int[] classes = contest.classes(duel);
        byte[] labels = rows.labels(duel, contest);
        if (begin != null && begin.state() != null && begin.f() != null) {
            add(classes, labels, begin.beta(), begin.f(), begin.state());
            return;
        }
        if (!twoSided(labels)) {
            alone(labels);
            return;
        }
        double[] c = rows.prices(duel, contest, t.c());
        SvmStart start = begin == null ? null : new SvmStart(begin.beta(), begin.f());
        SvmSolution s = SmoSolver.solve(kernel.matrix(duel), labels, c, start, tolerance, t.kernelBytes() / 2);
        add(classes, labels, s.beta(), s.f(), Machine.State.of(labels, RowTerms.ONE, s, t.aim()));
    }

    /**
     * Where a machine begins by the one before it, whose price is lower. Where most multipliers are at their bound they
     * rise with it (D. DeCoste, K. Wagstaff: Alpha seeding for support vector machines, KDD 2000); else few have to.
     */
    private Begin risen(List<Duel> duels, int d) {
        if (!MachineTasks.mostlyAt(rows.prices(duels.get(d - 1), contest, t.c()), beta.get(d - 1))) {
            return new Begin(beta.get(d - 1), f.get(d - 1), null);
        }
        double by = duels.get(d).price() / duels.get(d - 1).price();
        double[] before = rows.prices(duels.get(d - 1), contest, t.c());
        double[] now = rows.prices(duels.get(d), contest, t.c());
        byte[] labels = rows.labels(duels.get(d), contest);
        double[] lower = beta.get(d - 1);
        double[] risen = new double[lower.length];
        double[] slopes = new double[lower.length];
        for (int i = 0; i < risen.length; i++) {
            risen[i] = Math.abs(lower[i]) >= before[i] ? Math.copySign(now[i], lower[i]) : by * lower[i];
            slopes[i] = by * (f.get(d - 1)[i] + labels[i]) - labels[i];
        }
        return new Begin(risen, slopes, null);
    }

    private static boolean twoSided(byte[] labels) {
        return labels.length > 0 && IntStream.range(1, labels.length).anyMatch(i -> labels[i] != labels[0]);
    }

    /** A machine with rows on one side only: nothing supports anything, and no row counts. */
    private void alone(byte[] labels) {
        double[] minus = new double[labels.length];
        for (int i = 0; i < minus.length; i++) {
            minus[i] = -labels[i];
        }
        beta.add(new double[labels.length]);
        f.add(minus);
        double rho = labels.length == 0 ? 0 : minus[0];
        states.add(new Machine.State(rho, rho, rho, 0, 0, 0, 0, 0, labels.length, 0));
    }

    /** Takes a solved machine in, and notes the rows that count for it. */
    private void add(int[] classes, byte[] labels, double[] ofBeta, double[] ofF, Machine.State state) {
        beta.add(ofBeta);
        f.add(ofF);
        states.add(state);
        int spare = Machine.MOST_SPARE;
        int at = 0;
        for (int k : classes) {
            boolean[] these = kept[k];
            for (int i = 0; i < these.length; i++, at++) {
                if (ofBeta[at] != 0) {
                    these[i] = true;
                    continue;
                }
                // See Machine.of.
                boolean bound = labels[at] > 0
                        ? ofF[at] <= state.lowest() + Machine.TIE
                        : ofF[at] >= state.highest() - Machine.TIE;
                if (bound && rows.parts().get(k).terms().weight(i) > 0 && spare-- > 0) {
                    these[i] = true;
                }
            }
        }
    }

    /** Nothing supports anything: some of the rows go on, to meet other classes further up. */
    private int[][] oneClass() {
        int[][] which = new int[kept.length][];
        for (int k = 0; k < which.length; k++) {
            ClassRows.Part part = rows.parts().get(k);
            int[] all = IntStream.range(0, part.size())
                    .filter(i -> part.terms().weight(i) > 0)
                    .toArray();
            which[k] = all.length == 0
                    ? all
                    : CascadeTasks.draw(all, Math.max(1, all.length / 2), t.seed() ^ part.ids()[0]);
        }
        return which;
    }

    private static boolean zero(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == 0);
    }
}
