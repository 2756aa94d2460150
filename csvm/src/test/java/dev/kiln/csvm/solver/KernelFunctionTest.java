package dev.kiln.csvm.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFunctionTest {

    private static final RowKernel LAPLACE = (x, y) -> {
        double sum = 0;
        for (int f = 0; f < x.length; f++) {
            sum += Math.abs(x[f] - y[f]);
        }
        return StrictMath.exp(-0.5 * sum);
    };

    @TempDir
    Path folder;

    @Test
    void polynomial_and_sigmoid_kernels_have_the_values_of_their_formulas() {
        double[][] x = {{1, -2, 0.5}, {0.25, 3, -1}};
        double dot = 0.25 - 6 - 0.5;
        var points = Points.of(x, 3);
        float[] out = new float[2];
        var polynomial = new KernelFunction.Polynomial(0.5, 1, 3);
        polynomial.row(points.point(0), points, out, new int[2]);
        assertEquals(Math.pow(0.5 * dot + 1, 3), out[1], 1e-5);
        assertEquals(polynomial.self(points, 0), out[0], 1e-5);
        var sigmoid = new KernelFunction.Sigmoid(0.1, -0.5);
        sigmoid.row(points.point(0), points, out, new int[2]);
        assertEquals(Math.tanh(0.1 * dot - 0.5), out[1], 1e-6);
        assertEquals(sigmoid.self(points, 0), out[0], 1e-6);
    }

    @Test
    void a_value_does_not_depend_on_which_point_is_first_nor_on_where_they_stand() {
        Points points = cloud(67, 7);
        int[] turned = new int[67];
        for (int i = 0; i < 67; i++) {
            turned[i] = 66 - i;
        }
        Points back = points.select(turned);
        for (KernelFunction kernel : all()) {
            float[][] gram = gram(kernel, points);
            float[][] mirrored = gram(kernel, back);
            for (int i = 0; i < 67; i++) {
                for (int j = 0; j < 67; j++) {
                    assertEquals(gram[i][j], gram[j][i], kernel::toString);
                    assertEquals(gram[i][j], mirrored[66 - i][66 - j], kernel::toString);
                }
            }
        }
    }

    @Test
    void machines_of_every_positive_definite_kernel_have_the_optimum_that_brute_force_finds() {
        for (KernelFunction kernel : all()) {
            if (kernel instanceof KernelFunction.Sigmoid) {
                continue;
            }
            Points points = cloud(12, 4);
            byte[] y = labels(points);
            SvmSolution s = SmoSolver.solve(new SvmProblem(points, y, kernel, 1), null, 1e-6, 1 << 20);
            double[][] x = new double[12][4];
            for (int i = 0; i < 12; i++) {
                float[] point = points.point(i);
                for (int f = 0; f < 4; f++) {
                    x[i][f] = point[f];
                }
            }
            double expected = ReferenceQp.objective(ReferenceQp.gram(x, kernel), y, 1);
            assertEquals(expected, s.objective(), 2e-5 * (1 + expected), kernel::toString);
        }
    }

    @Test
    void polynomial_and_sigmoid_machines_are_those_of_libsvm() throws IOException, InterruptedException {
        Points points = cloud(300, 5);
        byte[] y = labels(points);
        double[] targets = new double[300];
        for (int i = 0; i < 300; i++) {
            targets[i] = y[i];
        }
        same(
                SvmTrain.run(folder, targets, points, "-t", "1", "-g", "0.25", "-r", "1", "-d", "3", "-c", "2"),
                new SvmProblem(points, y, new KernelFunction.Polynomial(0.25, 1, 3), 2));
        same(
                SvmTrain.run(folder, targets, points, "-t", "3", "-g", "0.05", "-r", "0", "-c", "2"),
                new SvmProblem(points, y, new KernelFunction.Sigmoid(0.05, 0), 2));
    }

    private static void same(SvmTrain.Result libsvm, SvmProblem problem) {
        SvmSolution s = SmoSolver.solve(problem, null, 1e-6, 1 << 20);
        assertTrue(s.converged());
        assertEquals(-libsvm.objective(), s.objective(), 1e-5 * s.objective());
        // Its first row decides which label is positive.
        double sign = -problem.linear()[0];
        assertEquals(sign * libsvm.rho(), s.rho(), 1e-4);
    }

    @Test
    void a_kernel_of_the_users_own_that_says_the_same_gives_the_same_machine() {
        Points points = cloud(150, 4);
        byte[] y = labels(points);
        RowKernel own = (a, b) -> {
            double dot = 0;
            for (int f = 0; f < a.length; f++) {
                dot += a[f] * b[f];
            }
            return (0.5 * dot + 1) * (0.5 * dot + 1);
        };
        SvmSolution mine =
                SmoSolver.solve(new SvmProblem(points, y, new KernelFunction.Custom(own), 1), null, 1e-6, 1 << 20);
        SvmSolution built = SmoSolver.solve(
                new SvmProblem(points, y, new KernelFunction.Polynomial(0.5, 1, 2), 1), null, 1e-6, 1 << 20);
        assertEquals(built.objective(), mine.objective(), 1e-6 * built.objective());
        assertArrayEquals(built.beta(), mine.beta(), 1e-3);
    }

    @Test
    void a_kernel_that_gives_no_finite_number_is_refused() {
        Points points = cloud(10, 2);
        var problem =
                new SvmProblem(points, labels(points), new KernelFunction.Custom((x, y) -> Math.log(x[0] * y[0])), 1);
        var refused = assertThrows(IllegalArgumentException.class, () -> SmoSolver.solve(problem, null, 1e-3, 1 << 20));
        assertTrue(refused.getMessage().contains("expected a finite number"), refused.getMessage());
    }

    @Test
    void a_polynomial_without_a_degree_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new KernelFunction.Polynomial(1, 0, 0));
    }

    private static KernelFunction[] all() {
        return new KernelFunction[] {
            new KernelFunction.Rbf(0.3),
            new KernelFunction.Linear(),
            new KernelFunction.Polynomial(0.5, 1, 3),
            new KernelFunction.Polynomial(1, 0, 2),
            new KernelFunction.Sigmoid(0.1, -0.2),
            new KernelFunction.Custom(LAPLACE)
        };
    }

    private static float[][] gram(KernelFunction kernel, Points points) {
        float[][] gram = new float[points.rows()][points.rows()];
        for (int i = 0; i < gram.length; i++) {
            kernel.row(points.point(i), points, gram[i], new int[gram.length]);
            assertEquals(kernel.self(points, i), gram[i][i], 2e-6 * Math.abs(gram[i][i]));
        }
        return gram;
    }

    private static Points cloud(int n, int d) {
        var random = new Random(11);
        double[][] x = new double[n][d];
        for (double[] row : x) {
            for (int f = 0; f < d; f++) {
                row[f] = random.nextGaussian();
            }
        }
        return Points.of(x, d);
    }

    private static byte[] labels(Points points) {
        byte[] labels = new byte[points.rows()];
        for (int i = 0; i < labels.length; i++) {
            float[] x = points.point(i);
            labels[i] = (byte) (i == 0 || x[0] + x[1] * x[1] > 0.8 + 0.5 * Math.sin(7.0 * i) ? 1 : -1);
        }
        return labels;
    }
}
