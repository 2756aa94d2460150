package dev.kiln.csvm;

import dev.kiln.csvm.solver.KernelSum;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SmoSolver;
import dev.kiln.csvm.solver.SvmProblem;
import dev.kiln.csvm.solver.SvmSolution;
import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The tasks of the classic cascade for several classes. Each result depends on the arguments alone. */
final class ClassTasks {

    private ClassTasks() {}

    @Task(name = "rows")
    static ClassRows rows(Block x, Block y, long firstRow) {
        byte[] classes = new byte[y.rows()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (byte) y.get(i, 0);
        }
        long[] ids = LongStream.range(firstRow, firstRow + classes.length).toArray();
        return new ClassRows(BlockRows.points(x, firstRow), classes, ids);
    }

    /** Solves each pair of classes among the rows of all parts; the rows that support at least one pair. */
    @Task(name = "pairs")
    static ClassRows pairs(List<ClassRows> parts, Training t, double tolerance) {
        ClassRows all = ClassRows.union(parts);
        boolean[] supports = new boolean[all.ids().length];
        int[] present = present(all);
        if (present.length == 1) {
            return all;
        }
        for (int a = 0; a < present.length; a++) {
            for (int b = a + 1; b < present.length; b++) {
                int[] which = all.of(present[a], present[b]);
                double[] beta = solve(all, which, present[a], t, tolerance).beta();
                for (int i = 0; i < which.length; i++) {
                    supports[which[i]] |= beta[i] != 0;
                }
            }
        }
        return all.select(
                IntStream.range(0, supports.length).filter(i -> supports[i]).toArray());
    }

    @Task(name = "sameRows")
    static boolean sameRows(ClassRows before, ClassRows now) {
        return Arrays.equals(before.ids(), now.ids());
    }

    /** How many of some rows get their class by a vote of the pairs; of equal votes the lower class wins. */
    @Task(name = "hits")
    static long hits(ClassRows vectors, ClassRows test, Training t, double tolerance) {
        int[] present = present(vectors);
        int n = test.ids().length;
        int[][] votes = new int[n][present.length];
        for (int a = 0; a < present.length; a++) {
            for (int b = a + 1; b < present.length; b++) {
                int[] which = vectors.of(present[a], present[b]);
                SvmSolution pair = solve(vectors, which, present[a], t, tolerance);
                Points points = vectors.points().select(which);
                double[] sums = new double[n];
                var sum = new KernelSum(t.kernel(), test.points(), sums);
                for (int s = 0; s < which.length; s++) {
                    sum.add(pair.beta()[s], points, s);
                }
                for (int i = 0; i < n; i++) {
                    votes[i][sums[i] > pair.rho() ? a : b]++;
                }
            }
        }
        long hits = 0;
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int k = 1; k < present.length; k++) {
                best = votes[i][k] > votes[i][best] ? k : best;
            }
            hits += present[best] == test.classes()[i] ? 1 : 0;
        }
        return hits;
    }

    private static int[] present(ClassRows rows) {
        return IntStream.range(0, rows.classes().length)
                .map(i -> rows.classes()[i])
                .distinct()
                .sorted()
                .toArray();
    }

    private static SvmSolution solve(ClassRows all, int[] which, int positive, Training t, double tolerance) {
        byte[] labels = new byte[which.length];
        for (int i = 0; i < which.length; i++) {
            labels[i] = (byte) (all.classes()[which[i]] == positive ? 1 : -1);
        }
        var problem = new SvmProblem(all.points().select(which), labels, t.kernel(), t.c());
        return SmoSolver.solve(problem, null, tolerance, t.kernelBytes());
    }
}
