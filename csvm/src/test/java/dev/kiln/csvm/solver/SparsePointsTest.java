package dev.kiln.csvm.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparsePointsTest {

    private static final long MEMORY = 1 << 22;

    @TempDir
    Path folder;

    @Test
    void rows_are_the_same_rows_as_dense_ones() {
        Points dense = mostlyZero(40, 17);
        SparsePoints sparse = SparsePoints.of(dense);
        assertEquals(40, sparse.rows());
        assertEquals(17, sparse.features());
        for (int i = 0; i < 40; i++) {
            assertArrayEquals(dense.point(i), sparse.point(i));
            for (int f = 0; f < 17; f++) {
                assertEquals(dense.get(i, f), sparse.get(i, f));
            }
        }
        int[] which = {3, 0, 39, 7};
        Points chosen = sparse.select(which);
        Points both = Points.concat(List.of(chosen, sparse, dense.select(which)));
        assertInstanceOf(SparsePoints.class, both);
        assertEquals(48, both.rows());
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(dense.point(which[i]), both.point(i));
            assertArrayEquals(dense.point(which[i]), both.point(44 + i));
        }
        assertArrayEquals(dense.point(39), both.point(43));
    }

    @Test
    void kernels_of_sparse_and_dense_rows_differ_in_the_last_bits_at_most() {
        Points dense = mostlyZero(60, 17);
        Points sparse = SparsePoints.of(dense);
        for (KernelFunction kernel : List.of(
                new KernelFunction.Rbf(0.2),
                new KernelFunction.Linear(),
                new KernelFunction.Polynomial(0.3, 1, 3),
                new KernelFunction.Sigmoid(0.1, 0.2),
                new KernelFunction.Custom((x, y) -> x[0] * y[0] + x[16] * y[16]))) {
            float[] a = new float[60];
            float[] b = new float[60];
            for (int i = 0; i < 60; i++) {
                kernel.row(dense.point(i), dense, a, new int[60]);
                kernel.row(sparse.point(i), sparse, b, new int[60]);
                assertArrayEquals(a, b, 4e-6f * (1 + kernel.self(dense, i)), kernel::toString);
                assertEquals(kernel.self(sparse, i), b[i], kernel::toString);
                assertEquals(kernel.self(dense, i), kernel.self(sparse, i), 4e-6 * (1 + kernel.self(dense, i)));
            }
        }
    }

    @Test
    void a_value_of_sparse_rows_does_not_depend_on_which_is_first() {
        Points sparse = SparsePoints.of(mostlyZero(50, 30));
        for (KernelFunction kernel : List.of(new KernelFunction.Rbf(0.2), new KernelFunction.Linear())) {
            float[][] gram = new float[50][50];
            for (int i = 0; i < 50; i++) {
                kernel.row(sparse.point(i), sparse, gram[i], new int[50]);
            }
            for (int i = 0; i < 50; i++) {
                for (int j = 0; j < i; j++) {
                    assertEquals(gram[i][j], gram[j][i]);
                }
            }
        }
    }

    @Test
    void a_hundred_thousand_features_are_solved_as_libsvm_does() throws IOException, InterruptedException {
        int n = 400;
        SparsePoints points = wide(n, 100_000, 60);
        byte[] y = new byte[n];
        double[] targets = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = (byte) (points.get(i, i % 2) > 0 ? 1 : -1);
            targets[i] = y[i];
        }
        for (boolean linear : new boolean[] {true, false}) {
            KernelFunction kernel = linear ? new KernelFunction.Linear() : new KernelFunction.Rbf(0.01);
            SvmSolution s = SmoSolver.solve(new SvmProblem(points, y, kernel, 3), null, 1e-6, MEMORY);
            SvmTrain.Result libsvm =
                    SvmTrain.run(folder, targets, points, "-c", "3", "-t", linear ? "0" : "2", "-g", "0.01");
            assertTrue(s.converged());
            assertEquals(-libsvm.objective(), s.objective(), 1e-5 * s.objective());
        }
    }

    @Test
    void rows_without_any_value_are_solved() {
        var points = new SparsePoints(1_000, new float[] {1}, new int[] {999}, new int[] {0, 0, 1, 1});
        byte[] y = {-1, 1, -1};
        SvmSolution s = SmoSolver.solve(new SvmProblem(points, y, new KernelFunction.Linear(), 10), null, 1e-6, MEMORY);
        assertEquals(2, s.objective(), 1e-6);
        assertEquals(1, s.rho(), 1e-6);
    }

    @Test
    void arrays_that_do_not_fit_together_are_refused() {
        assertThrows(
                IllegalArgumentException.class, () -> new SparsePoints(3, new float[1], new int[1], new int[] {0, 2}));
    }

    private static Points mostlyZero(int n, int d) {
        var random = new Random(2);
        double[][] x = new double[n][d];
        for (double[] row : x) {
            for (int f = 0; f < d; f++) {
                row[f] = random.nextInt(4) == 0 ? random.nextGaussian() : 0;
            }
        }
        Arrays.fill(x[5], 0);
        return Points.of(x, d);
    }

    private static SparsePoints wide(int n, int d, int each) {
        var random = new Random(3);
        float[] values = new float[n * each];
        int[] columns = new int[n * each];
        int[] starts = new int[n + 1];
        int at = 0;
        for (int i = 0; i < n; i++) {
            var row = new TreeMap<Integer, Float>();
            row.put(i % 2, (float) (random.nextBoolean() ? 1 : -1));
            while (row.size() < each) {
                // Few features are frequent, most are rare, as words are.
                int feature = (int) (d * Math.pow(random.nextDouble(), 4));
                row.putIfAbsent(feature, (float) random.nextGaussian());
            }
            for (var entry : row.entrySet()) {
                columns[at] = entry.getKey();
                values[at++] = entry.getValue();
            }
            starts[i + 1] = at;
        }
        return new SparsePoints(d, values, columns, starts);
    }
}
