package dev.kiln.csvm.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regression and the machine for one class, on the same solver. */
class OtherMachinesTest {

    private static final long MEMORY = 1 << 20;
    private static final KernelFunction RBF = new KernelFunction.Rbf(0.3);

    @TempDir
    Path folder;

    @Test
    void regressions_have_the_optimum_that_brute_force_finds() {
        var random = new Random(9);
        for (int round = 0; round < 12; round++) {
            double[][] x = rows(random, 4 + random.nextInt(8), 2);
            double[] z = targets(x, random);
            double c = new double[] {0.1, 1, 10}[round % 3];
            double epsilon = new double[] {0, 0.1, 0.5, 5}[round % 4];
            SvmSolution s = solve(SvmProblem.regression(matrix(x), z, filled(x.length, c), epsilon));
            double expected = ReferenceQp.regression(ReferenceQp.gram(x, RBF), z, c, epsilon);
            assertEquals(expected, s.objective(), 2e-5 * (1 + expected), "set " + round);
            assertFeasible(s, -c, c, 0);
            assertEquals(s.objective(), primal(s, z, c, epsilon), 3e-5 * (1 + expected), "gap of set " + round);
        }
    }

    @Test
    void machines_for_one_class_have_the_optimum_that_brute_force_finds() {
        var random = new Random(10);
        for (int round = 0; round < 12; round++) {
            double[][] x = rows(random, 4 + random.nextInt(8), 2);
            double[] c = random.doubles(x.length, 0.5, 1.5).toArray();
            double sum = (round % 3 + 0.5) / 3.5 * DoubleStream.of(c).sum();
            SvmSolution s = solve(SvmProblem.oneClass(matrix(x), c, sum));
            double expected = ReferenceQp.oneClass(ReferenceQp.gram(x, RBF), c, sum);
            assertEquals(expected, s.objective(), 2e-5 * (1 - expected), "set " + round);
            assertFeasible(s, 0, 1.5, sum);
        }
    }

    @Test
    void regression_and_one_class_are_those_of_libsvm() throws IOException, InterruptedException {
        var random = new Random(11);
        double[][] x = rows(random, 400, 3);
        double[] z = targets(x, random);
        Points points = Points.of(x, 3);
        SvmTrain.Result svr = SvmTrain.run(folder, z, points, "-s", "3", "-g", "0.3", "-c", "5", "-p", "0.1");
        SvmSolution s = solve(SvmProblem.regression(matrix(x), z, filled(400, 5), 0.1));
        assertEquals(-svr.objective(), s.objective(), 1e-5 * s.objective());
        assertEquals(svr.rho(), s.rho(), 1e-4);
        assertEquals(svr.supportVectors(), s.supportVectors(), 2);
        SvmTrain.Result one = SvmTrain.run(folder, z, points, "-s", "2", "-g", "0.3", "-n", "0.2");
        SvmSolution outliers = solve(SvmProblem.oneClass(matrix(x), filled(400, 1), 80));
        assertEquals(-one.objective(), outliers.objective(), 1e-5 * -outliers.objective());
        assertEquals(one.rho(), outliers.rho(), 1e-4);
        long outside = Arrays.stream(outliers.f())
                .filter(f -> f < outliers.rho() - 1e-4)
                .count();
        assertTrue(outside <= 80, outside + " outliers");
    }

    @Test
    void idle_rows_of_a_regression_are_left_alone_without_harm() {
        var random = new Random(12);
        double[][] x = rows(random, 500, 3);
        double[] z = targets(x, random);
        for (double epsilon : new double[] {0, 0.3}) {
            SvmProblem problem = SvmProblem.regression(matrix(x), z, filled(500, 2), epsilon);
            SvmSolution all = SmoSolver.solve(problem, null, 1e-6, MEMORY);
            SvmSolution shrunk = SmoSolver.solve(problem, null, 1e-6, MEMORY, 10, 20, new PlainSweep());
            assertEquals(all.objective(), shrunk.objective(), 1e-6 * all.objective());
            SvmSolution again = SmoSolver.solve(problem, new SvmStart(all.beta(), all.f()), 1e-5, MEMORY);
            assertEquals(0, again.iterations());
        }
    }

    @Test
    void a_start_is_brought_to_the_sum_that_the_problem_asks_for() {
        var random = new Random(13);
        KernelMatrix matrix = matrix(rows(random, 50, 2));
        SvmSolution cold = solve(SvmProblem.oneClass(matrix, filled(50, 1), 10));
        for (double[] start : new double[][] {
            new double[50], filled(50, 1), random.doubles(50, -1, 2).toArray()
        }) {
            SvmSolution warm = SmoSolver.solve(
                    SvmProblem.oneClass(matrix, filled(50, 1), 10), new SvmStart(start, null), 1e-7, MEMORY);
            assertEquals(cold.objective(), warm.objective(), 1e-6);
            assertFeasible(warm, 0, 1, 10);
        }
        double[] feasible = {0.5, 0, -0.5};
        Feasible.project(feasible, filled(3, -1), filled(3, 1), 0);
        assertArrayEquals(new double[] {0.5, 0, -0.5}, feasible);
        Feasible.project(feasible, filled(3, -1), filled(3, 1), -2.75);
        assertArrayEquals(new double[] {-1, -0.75, -1}, feasible, 1e-12);
    }

    @Test
    void a_sum_that_the_bounds_do_not_allow_is_refused() {
        KernelMatrix matrix = matrix(new double[][] {{1}, {2}});
        double[] c = {1, 1};
        assertThrows(IllegalArgumentException.class, () -> SvmProblem.oneClass(matrix, c, 2.5));
        assertThrows(IllegalArgumentException.class, () -> SvmProblem.regression(matrix, c, c, -1));
    }

    private static SvmSolution solve(SvmProblem problem) {
        SvmSolution s = SmoSolver.solve(problem, null, 1e-7, MEMORY);
        assertTrue(s.converged() && s.violation() < 1e-7);
        return s;
    }

    private static KernelMatrix matrix(double[][] x) {
        return KernelMatrix.of(RBF, Points.of(x, x[0].length));
    }

    private static double[][] rows(Random random, int n, int d) {
        double[][] x = new double[n][d];
        for (double[] row : x) {
            for (int f = 0; f < d; f++) {
                row[f] = (float) random.nextGaussian();
            }
        }
        return x;
    }

    private static double[] targets(double[][] x, Random random) {
        return Arrays.stream(x)
                .mapToDouble(row -> 3 + Math.sin(row[0]) + row[1] * row[1] + 0.2 * random.nextGaussian())
                .toArray();
    }

    private static double[] filled(int n, double value) {
        double[] filled = new double[n];
        Arrays.fill(filled, value);
        return filled;
    }

    private static void assertFeasible(SvmSolution s, double low, double high, double sum) {
        double total = 0;
        for (double b : s.beta()) {
            total += b;
            assertTrue(b >= low && b <= high);
        }
        assertEquals(sum, total, 1e-9 * s.beta().length);
    }

    /** {@code 1/2 |w|^2 + C sum of what predictions are off by beyond epsilon}. */
    private static double primal(SvmSolution s, double[] z, double c, double epsilon) {
        double norm = 0;
        double loss = 0;
        for (int t = 0; t < z.length; t++) {
            norm += s.beta()[t] * (s.f()[t] + z[t]);
            loss += Math.max(0, Math.abs(s.f()[t] - s.rho()) - epsilon);
        }
        return norm / 2 + c * loss;
    }
}
