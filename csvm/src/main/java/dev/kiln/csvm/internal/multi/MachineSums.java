package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SharedKernelSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What machines say of rows: for each machine {@code sum_s beta_s k(x_s, x_t)} for each row t of its classes. A kernel
 * row is evaluated once for all machines that use it. For one thread.
 */
final class MachineSums {

    private final ClassRows rows;
    private final Contest contest;
    private final SharedKernelSum all;
    private final List<SharedKernelSum> kernels = new ArrayList<>();
    // Of each machine the parts of its own rows, and those that it is asked about.
    private final int[][] classes;
    private final int[][] asked;
    private final int[][][] meetings;
    private final int[][] to;

    /** What machines say of those of these rows that they are trained on. */
    MachineSums(ClassRows rows, Contest contest, KernelFunction kernel) {
        this(rows, contest, kernel, contest::classes);
    }

    private MachineSums(ClassRows rows, Contest contest, KernelFunction kernel, Function<Duel, int[]> asked) {
        this.rows = rows;
        this.contest = contest;
        this.all = new SharedKernelSum(
                kernel,
                Points.concat(rows.parts().stream().map(ClassRows.Part::points).toList()));
        for (ClassRows.Part part : rows.parts()) {
            kernels.add(new SharedKernelSum(kernel, part.points()));
        }
        this.classes = contest.duels().stream().map(contest::classes).toArray(int[][]::new);
        this.asked = contest.duels().stream().map(asked).toArray(int[][]::new);
        this.meetings = contest.meetings(this.asked);
        this.to = starts(rows, this.asked);
    }

    /** What machines say of those of these rows that are held back from them. */
    static MachineSums held(ClassRows rows, Contest contest, KernelFunction kernel) {
        return new MachineSums(rows, contest, kernel, contest::held);
    }

    /** Zeros. */
    List<double[]> none() {
        return Arrays.stream(asked).map(of -> new double[rows.size(of)]).toList();
    }

    /** Adds the support vectors of some machines. */
    void add(Machines machines, List<double[]> sums) {
        add(machines.rows(), machines.beta(), sums);
    }

    /** Adds what changed from some machines to others; rows whose multipliers are the same cost nothing. */
    void addChanges(Machines from, Machines to, List<double[]> sums) {
        ClassUnion union = ClassUnion.of(List.of(to.rows(), from.rows()));
        List<double[]> changes = new ArrayList<>();
        for (int d = 0; d < classes.length; d++) {
            double[] now = new double[union.rows().size(classes[d])];
            double[] before = new double[now.length];
            union.spread(0, classes[d], to.beta().get(d), now);
            union.spread(1, classes[d], from.beta().get(d), before);
            for (int i = 0; i < now.length; i++) {
                now[i] -= before[i];
            }
            changes.add(now);
        }
        add(union.rows(), changes, sums);
    }

    private void add(ClassRows vectors, List<double[]> beta, List<double[]> sums) {
        int[][] from = starts(vectors, classes);
        for (int own = 0; own < contest.parts(); own++) {
            Points points = vectors.parts().get(own).points();
            boolean[][] wanted = new boolean[contest.parts()][points.rows()];
            boolean[] whole = new boolean[points.rows()];
            for (int s = 0; s < whole.length; s++) {
                int many = 0;
                for (int with = 0; with < wanted.length; with++) {
                    for (int d : meetings[own][with]) {
                        wanted[with][s] |= beta.get(d)[from[d][own] + s] != 0;
                    }
                    many += wanted[with][s] ? rows.parts().get(with).size() : 0;
                }
                // One long kernel row costs less than many short ones, though not all of it may be wanted.
                whole[s] = 2 * many > rows.size();
            }
            addWhole(own, points, whole, beta, from, sums);
            for (int with = 0; with < wanted.length; with++) {
                addShort(own, with, points, wanted[with], whole, beta, from, sums);
            }
        }
    }

    /** Adds rows of a class to all that they meet, by their values with all rows here. */
    private void addWhole(
            int own, Points points, boolean[] which, List<double[]> beta, int[][] from, List<double[]> sums) {
        int[] these = IntStream.range(0, which.length).filter(s -> which[s]).toArray();
        for (int first = 0; first < these.length; first += SharedKernelSum.MOST) {
            int[] batch = batch(these, first);
            all.evaluate(points, batch, batch.length);
            int at = 0;
            for (int with = 0; with < contest.parts(); with++) {
                add(all, own, with, batch, at, beta, from, sums);
                at += rows.parts().get(with).size();
            }
        }
    }

    /** Adds rows of a class to the rows of one class that they meet. */
    private void addShort(
            int own,
            int with,
            Points points,
            boolean[] which,
            boolean[] done,
            List<double[]> beta,
            int[][] from,
            List<double[]> sums) {
        int[] these = IntStream.range(0, which.length)
                .filter(s -> which[s] && !done[s])
                .toArray();
        for (int first = 0; first < these.length; first += SharedKernelSum.MOST) {
            int[] batch = batch(these, first);
            kernels.get(with).evaluate(points, batch, batch.length);
            add(kernels.get(with), own, with, batch, 0, beta, from, sums);
        }
    }

    private void add(
            SharedKernelSum kernel,
            int own,
            int with,
            int[] batch,
            int at,
            List<double[]> beta,
            int[][] from,
            List<double[]> sums) {
        int count = rows.parts().get(with).size();
        for (int d : meetings[own][with]) {
            for (int b = 0; b < batch.length; b++) {
                kernel.add(b, beta.get(d)[from[d][own] + batch[b]], at, count, sums.get(d), to[d][with]);
            }
        }
    }

    private static int[] batch(int[] of, int first) {
        return Arrays.copyOfRange(of, first, Math.min(of.length, first + SharedKernelSum.MOST));
    }

    /** For each machine and class where the rows of the class begin among those of the machine. */
    private int[][] starts(ClassRows of, int[][] parts) {
        int[][] starts = new int[parts.length][contest.parts()];
        for (int d = 0; d < parts.length; d++) {
            int at = 0;
            for (int k : parts[d]) {
                starts[d][k] = at;
                at += of.parts().get(k).size();
            }
        }
        return starts;
    }
}
