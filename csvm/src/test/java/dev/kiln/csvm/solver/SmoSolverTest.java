package dev.kiln.csvm.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SmoSolverTest {

    private static final long MEMORY = 1 << 20;
    private static final double TOLERANCE = 1e-6;

    @Test
    void two_points_have_the_answer_found_by_hand() {
        // With k = 1 on and e^-1 off the diagonal, alpha = 1 / (1 - e^-1) for both.
        double[][] x = {{0}, {1}};
        SvmSolution s = solve(x, new byte[] {1, -1}, new KernelFunction.Rbf(1), 10);
        double alpha = 1 / (1 - Math.exp(-1));
        assertEquals(alpha, s.beta()[0], 1e-5);
        assertEquals(-alpha, s.beta()[1], 1e-5);
        assertEquals(0, s.rho(), 1e-5);
        assertEquals(alpha, s.objective(), 1e-5);
    }

    @Test
    void four_points_on_a_line_are_divided_in_the_middle() {
        double[][] x = {{-2}, {-1}, {1}, {3}};
        SvmSolution s = solve(x, new byte[] {-1, -1, 1, 1}, new KernelFunction.Linear(), 100);
        // The margin lies between -1 and 1: w = 1, b = 0, alpha = 1/2 for both.
        assertArrayEquals(new double[] {0, -0.5, 0.5, 0}, s.beta(), 1e-6);
        assertEquals(0, s.rho(), 1e-6);
        assertEquals(2, s.supportVectors());
    }

    @Test
    void exclusive_or_takes_all_four_points() {
        double[][] x = {{0, 0}, {1, 1}, {0, 1}, {1, 0}};
        SvmSolution s = solve(x, new byte[] {1, 1, -1, -1}, new KernelFunction.Rbf(1), 100);
        assertEquals(4, s.supportVectors());
        for (int t = 0; t < 4; t++) {
            double decision = s.f()[t] + (t < 2 ? 1 : -1) - s.rho();
            assertEquals(t < 2 ? 1 : -1, decision, 1e-5);
        }
    }

    @Test
    void random_sets_have_the_optimum_that_brute_force_finds() {
        var random = new Random(7);
        for (int round = 0; round < 24; round++) {
            int n = 3 + random.nextInt(10);
            double[][] x = new double[n][3];
            byte[] y = new byte[n];
            for (int i = 0; i < n; i++) {
                y[i] = (byte) (i % 3 == 0 ? 1 : -1);
                for (int f = 0; f < 3; f++) {
                    x[i][f] = random.nextGaussian() + 0.4 * y[i];
                }
            }
            if (round % 4 == 1) {
                x[n - 1] = x[0].clone(); // a duplicate, perhaps of the other label
            }
            if (round % 4 == 2) {
                x[1] = x[0].clone(); // equal rows of opposite labels
                x[2] = x[0].clone();
            }
            double c = new double[] {0.1, 1, 10}[round % 3];
            KernelFunction kernel = round % 2 == 0 ? new KernelFunction.Rbf(0.5) : new KernelFunction.Linear();
            SvmSolution s = solve(x, y, kernel, c);
            double expected = ReferenceQp.objective(ReferenceQp.gram(x, kernel), y, c);
            assertEquals(expected, s.objective(), 2e-5 * (1 + expected), "set " + round);
            assertFeasible(s, y, c);
            assertEquals(s.objective(), primal(s, y, c), 2e-5 * (1 + expected), "gap of set " + round);
            assertTrue(s.converged() && s.violation() < TOLERANCE);
        }
    }

    @Test
    void one_class_alone_leaves_every_multiplier_at_zero() {
        SvmSolution s = solve(new double[][] {{1}, {2}, {3}}, new byte[] {1, 1, 1}, new KernelFunction.Rbf(1), 1);
        assertEquals(0, s.supportVectors());
        assertEquals(0, s.objective());
        assertTrue(s.converged());
    }

    @Test
    void rows_that_are_all_equal_end_at_the_bound() {
        double[][] x = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
        SvmSolution s = solve(x, new byte[] {1, -1, 1, -1}, new KernelFunction.Rbf(1), 5);
        assertArrayEquals(new double[] {5, -5, 5, -5}, s.beta());
        assertEquals(20, s.objective(), 1e-9);
    }

    @Test
    void no_rows_at_all_are_solved() {
        SvmSolution s = solve(new double[0][], new byte[0], new KernelFunction.Linear(), 1);
        assertEquals(0, s.objective());
        assertTrue(s.converged());
    }

    @Test
    void starting_from_the_answer_takes_no_step() {
        SvmProblem problem = cloud(300, new KernelFunction.Rbf(0.2), 1);
        SvmSolution cold = SmoSolver.solve(problem, null, 1e-4, MEMORY);
        SvmSolution warm = SmoSolver.solve(problem, new SvmStart(cold.beta(), null), 1e-4, MEMORY);
        assertEquals(0, warm.iterations());
        assertArrayEquals(cold.beta(), warm.beta());
        SvmSolution known = SmoSolver.solve(problem, new SvmStart(cold.beta(), cold.f()), 1e-4, MEMORY);
        assertEquals(0, known.iterations());
    }

    @Test
    void a_start_that_is_not_feasible_is_made_so_and_leads_to_the_same_optimum() {
        SvmProblem problem = cloud(200, new KernelFunction.Rbf(0.2), 1);
        var random = new Random(3);
        double[] start = random.doubles(200, -3, 3).toArray();
        SvmSolution cold = SmoSolver.solve(problem, null, 1e-5, MEMORY);
        SvmSolution warm = SmoSolver.solve(problem, new SvmStart(start, new double[200]), 1e-5, MEMORY);
        assertFeasible(warm, labels(problem), 1);
        assertEquals(cold.objective(), warm.objective(), 1e-4 * cold.objective());
    }

    @Test
    void a_cache_of_two_rows_gives_the_same_bits_as_the_whole_matrix() {
        SvmProblem problem = cloud(150, new KernelFunction.Rbf(0.2), 10);
        SvmSolution all = SmoSolver.solve(problem, null, 1e-3, MEMORY);
        SvmSolution two = SmoSolver.solve(problem, null, 1e-3, 0);
        assertArrayEquals(all.beta(), two.beta());
        assertEquals(all.rho(), two.rho());
    }

    @Test
    void rows_evaluated_several_at_once_give_the_same_bits() {
        for (long memory : new long[] {MEMORY, 4 * 40 * 400}) {
            SvmProblem problem = cloud(400, new KernelFunction.Rbf(0.2), 10);
            SvmSolution one = SmoSolver.solve(problem, null, 1e-4, memory, 50, 20, new PlainSweep());
            var many = new SvmProblem(
                    new Batches(problem.matrix()), problem.linear(), problem.low(), problem.high(), 0, 0);
            SvmSolution several = SmoSolver.solve(many, null, 1e-4, memory, 50, 20, new PlainSweep());
            assertArrayEquals(one.beta(), several.beta());
            assertArrayEquals(one.f(), several.f());
            assertEquals(one.iterations(), several.iterations());
        }
    }

    @Test
    void several_rows_at_once_have_the_values_of_each_alone() {
        double[][] x = new double[3][500];
        double[][] y = new double[2500][500];
        var random = new Random(8);
        for (double[][] rows : new double[][][] {x, y}) {
            for (double[] row : rows) {
                Arrays.setAll(row, f -> random.nextDouble());
            }
        }
        Points points = Points.of(y, 500);
        KernelMatrix matrix = KernelMatrix.of(new KernelFunction.Rbf(0.01), points);
        assertTrue(matrix.batch() > 1);
        float[][] out = new float[3][2500];
        matrix.rows(new int[] {7, 0, 2499}, 3, out, new int[2500]);
        float[] alone = new float[2500];
        matrix.row(2499, alone, new int[2500]);
        assertArrayEquals(alone, out[2]);
        double[] weights = {0.5, 0, -2};
        double[] sums = new double[2500];
        new KernelSum(new KernelFunction.Rbf(0.01), points, sums).addAll(weights, Points.of(x, 500));
        double[] expected = new double[2500];
        var sum = new KernelSum(new KernelFunction.Rbf(0.01), points, expected);
        for (int s = 0; s < 3; s++) {
            sum.add(weights[s], Points.of(x, 500), s);
        }
        assertArrayEquals(expected, sums);
    }

    /** The same matrix, which wants to be asked for three rows at once. */
    private record Batches(KernelMatrix matrix) implements KernelMatrix {

        @Override
        public int size() {
            return matrix.size();
        }

        @Override
        public void row(int i, float[] out, int[] scratch) {
            matrix.row(i, out, scratch);
        }

        @Override
        public int batch() {
            return 3;
        }

        @Override
        public float self(int i) {
            return matrix.self(i);
        }

        @Override
        public KernelMatrix select(int[] which) {
            return new Batches(matrix.select(which));
        }
    }

    @Test
    void leaving_idle_points_alone_leads_to_the_same_optimum() {
        for (double c : new double[] {0.1, 10}) {
            SvmProblem problem = cloud(400, new KernelFunction.Rbf(0.2), c);
            SvmSolution all = SmoSolver.solve(problem, null, 1e-6, MEMORY);
            SvmSolution shrunk = SmoSolver.solve(problem, null, 1e-6, MEMORY, 10, 20, new PlainSweep());
            assertTrue(shrunk.converged() && shrunk.violation() < 1e-6);
            assertEquals(all.objective(), shrunk.objective(), 1e-6 * all.objective());
            assertFeasible(shrunk, labels(problem), c);
            double[] f = new double[400];
            float[] row = new float[400];
            for (int t = 0; t < 400; t++) {
                f[t] += problem.linear()[t];
            }
            for (int s = 0; s < 400; s++) {
                problem.matrix().row(s, row, new int[400]);
                VectorLoops.add(shrunk.beta()[s], row, 0, 400, f);
            }
            assertArrayEquals(f, shrunk.f(), 1e-9);
        }
    }

    @Test
    void a_gradient_that_rounding_has_hardly_changed_is_not_evaluated_again() {
        SvmProblem problem = cloud(300, new KernelFunction.Rbf(0.2), 1);
        int[] evaluated = {0};
        for (double bound : new double[] {1, Double.POSITIVE_INFINITY}) {
            var counted = new SvmProblem(
                    new Bounded(problem.matrix(), bound, evaluated),
                    problem.linear(),
                    problem.low(),
                    problem.high(),
                    0,
                    0);
            evaluated[0] = 0;
            SvmSolution s = SmoSolver.solve(counted, null, 1e-4, 0);
            assertEquals(2 * s.iterations() >= evaluated[0], bound == 1);
            double[] f = problem.linear().clone();
            float[] row = new float[300];
            for (int t = 0; t < 300; t++) {
                problem.matrix().row(t, row, new int[300]);
                VectorLoops.add(s.beta()[t], row, 0, 300, f);
            }
            assertArrayEquals(f, s.f(), 1e-9);
        }
    }

    /** The same matrix, which knows such a bound, and counts rows. */
    private record Bounded(KernelMatrix matrix, double bound, int[] evaluated) implements KernelMatrix {

        @Override
        public int size() {
            return matrix.size();
        }

        @Override
        public void row(int i, float[] out, int[] scratch) {
            evaluated[0]++;
            matrix.row(i, out, scratch);
        }

        @Override
        public float self(int i) {
            return matrix.self(i);
        }

        @Override
        public KernelMatrix select(int[] which) {
            return new Bounded(matrix.select(which), bound, evaluated);
        }
    }

    @Test
    void the_vector_api_and_plain_loops_give_the_same_bits() {
        assertInstanceOf(VectorSweep.class, Sweep.forThisJvm());
        for (int n : new int[] {3, 17, 150, 2600}) {
            for (KernelFunction kernel :
                    new KernelFunction[] {new KernelFunction.Rbf(0.2), new KernelFunction.Linear()}) {
                SvmProblem problem = cloud(n, kernel, 0.5);
                SvmSolution plain = SmoSolver.solve(problem, null, 1e-3, MEMORY, 1000, 100, new PlainSweep());
                SvmSolution vector = SmoSolver.solve(problem, null, 1e-3, MEMORY, 1000, 100, new VectorSweep());
                assertArrayEquals(plain.beta(), vector.beta());
                assertArrayEquals(plain.f(), vector.f());
                assertEquals(plain.rho(), vector.rho());
                assertEquals(plain.iterations(), vector.iterations());
            }
        }
    }

    @Test
    void each_row_has_a_bound_of_its_own() {
        double[][] x = {{1, 2}, {1, 2}, {1, 2}, {1, 2}};
        var problem = new SvmProblem(
                Points.of(x, 2), new byte[] {1, -1, 1, -1}, new KernelFunction.Rbf(1), new double[] {1, 2, 3, 4});
        SvmSolution s = SmoSolver.solve(problem, null, TOLERANCE, MEMORY);
        assertEquals(4, s.beta()[0] + s.beta()[2], 1e-12);
        assertEquals(8, s.objective(), 1e-9);
        assertArrayEquals(new double[] {1, 3}, new double[] {s.beta()[0], s.beta()[2]}, 1e-12);
        assertTrue(s.beta()[1] >= -2 && s.beta()[3] >= -4);
    }

    @Test
    void features_too_large_for_floats_are_refused() {
        double[][] x = {{1e30}, {-1e30}, {2e30}};
        var refused = assertThrows(
                IllegalArgumentException.class, () -> solve(x, new byte[] {1, -1, 1}, new KernelFunction.Linear(), 1));
        assertTrue(refused.getMessage().contains("standardise"));
    }

    @Test
    void the_exponential_is_right_to_a_few_units_in_the_last_place() {
        float[] v = new float[20_000];
        for (int j = 0; j < v.length; j++) {
            v[j] = j * 0.01f;
        }
        float[] exp = v.clone();
        VectorLoops.expScaled(-0.4f, 0, v.length, exp, new int[v.length]);
        assertEquals(1f, exp[0]);
        for (int j = 0; j < v.length; j++) {
            double expected = Math.exp((double) (-0.4f * v[j]));
            assertEquals(expected, exp[j], 3e-7 * expected + 1e-37, "exp of " + -0.4f * v[j]);
        }
    }

    @Test
    void the_exponential_by_the_vector_api_has_the_same_bits() {
        var random = new Random(4);
        for (int n : new int[] {1, 15, 16, 33, 1000}) {
            float[] v = new float[n];
            for (int j = 0; j < n; j++) {
                v[j] = (float) (random.nextDouble() * Math.pow(10, random.nextInt(8) - 4));
            }
            float[] plain = v.clone();
            float[] vector = v.clone();
            VectorLoops.expScaled(-0.3f, n / 4, n, plain, new int[n]);
            assertInstanceOf(VectorExponential.class, Exponential.forThisJvm());
            Exponential.forThisJvm().apply(-0.3f, n / 4, n, vector, new int[n]);
            assertArrayEquals(plain, vector);
        }
    }

    private static byte[] labels(SvmProblem problem) {
        byte[] labels = new byte[problem.linear().length];
        for (int t = 0; t < labels.length; t++) {
            labels[t] = (byte) -problem.linear()[t];
        }
        return labels;
    }

    private static SvmProblem cloud(int n, KernelFunction kernel, double c) {
        var random = new Random(5);
        double[][] x = new double[n][4];
        byte[] y = new byte[n];
        for (int i = 0; i < n; i++) {
            y[i] = (byte) (random.nextBoolean() ? 1 : -1);
            for (int f = 0; f < 4; f++) {
                x[i][f] = random.nextGaussian() + 0.5 * y[i];
            }
        }
        return new SvmProblem(Points.of(x, 4), y, kernel, c);
    }

    private static SvmSolution solve(double[][] x, byte[] y, KernelFunction kernel, double c) {
        int features = x.length == 0 ? 1 : x[0].length;
        return SmoSolver.solve(new SvmProblem(Points.of(x, features), y, kernel, c), null, TOLERANCE, MEMORY);
    }

    private static void assertFeasible(SvmSolution s, byte[] y, double c) {
        double sum = 0;
        for (int t = 0; t < y.length; t++) {
            sum += s.beta()[t];
            assertTrue(s.beta()[t] * y[t] >= 0 && s.beta()[t] * y[t] <= c);
        }
        assertEquals(0, sum, 1e-9 * c * y.length);
    }

    /** {@code 1/2 |w|^2 + C sum hinge}. */
    private static double primal(SvmSolution s, byte[] y, double c) {
        double norm = 0;
        double hinge = 0;
        for (int t = 0; t < y.length; t++) {
            norm += s.beta()[t] * (s.f()[t] + y[t]);
            hinge += Math.max(0, 1 - y[t] * (s.f()[t] + y[t] - s.rho()));
        }
        return norm / 2 + c * hinge;
    }
}
