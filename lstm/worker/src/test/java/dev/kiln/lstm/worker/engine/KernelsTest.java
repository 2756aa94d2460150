package dev.kiln.lstm.worker.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loops by the Vector API give the bits of the plain ones, and both what they should. */
class KernelsTest {

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void this_jvm_has_the_vector_api() {
        assertInstanceOf(VectorKernels.class, Kernels.forThisJvm(4));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "4,8,64", "5,7,3", "64,64,256", "49,256,64", "3,130,100", "17,2,40"})
    void products_have_the_same_bits(int m, int k, int n) {
        float[][] a = matrix(m, k);
        float[][] b = matrix(k, n);
        float[][] plain = matrix(m, n);
        float[][] vector = copy(plain);
        float[][] start = copy(plain);
        new PlainKernels(4).multiply(a, m, k, b, plain);
        new VectorKernels(4).multiply(a, m, k, b, vector);
        assertArrayEquals(plain, vector);
        double expected = start[m - 1][n - 1];
        for (int p = 0; p < k; p++) {
            expected += (double) a[m - 1][p] * b[p][n - 1];
        }
        assertEquals(expected, plain[m - 1][n - 1], 1e-4);
        float[][] across = copy(start);
        new PlainKernels(4).multiplyTransposed(transposed(a), k, m, b, across);
        assertArrayEquals(plain, across);
        across = copy(start);
        new VectorKernels(4).multiplyTransposed(transposed(a), k, m, b, across);
        assertArrayEquals(plain, across);
    }

    @Test
    void tanh_is_right_to_the_precision_of_floats() {
        float[] x = new float[200_001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 100_000) * 2e-4f;
        }
        float[] found = new float[x.length];
        Squash.tanh(x, x.length, found);
        for (int i = 0; i < x.length; i++) {
            assertEquals(Math.tanh(x[i]), found[i], 4e-7, "tanh " + x[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,2", "2,2,3,4", "3,1,2,3"})
    void gradients_are_the_slopes_of_the_loss(int layers, int inputs, int outputs, int window) {
        var shape = new NetworkShape(window, inputs, 5, layers, outputs);
        NetworkState state = NetworkState.random(shape, 7);
        Batch batch = batch(shape, 6);
        Gradient gradient = open(shape, state).gradient(batch);
        int at = 0;
        for (NetworkShape.Parameter p : shape.parameters()) {
            float[] weights = state.weights().get(p.name());
            float[] slopes = gradient.values().get(at++);
            int i = random.nextInt(weights.length);
            float kept = weights[i];
            weights[i] = kept + 1e-2f;
            double up = open(shape, state).gradient(batch).loss();
            weights[i] = kept - 1e-2f;
            double down = open(shape, state).gradient(batch).loss();
            weights[i] = kept;
            assertEquals((up - down) / 2e-2, slopes[i], 2e-4, p.name() + "[" + i + "]");
        }
    }

    @Test
    void a_step_down_a_gradient_is_a_step_of_training() {
        var shape = new NetworkShape(3, 2, 9, 2, 2);
        NetworkState state = NetworkState.random(shape, 7);
        Batch batch = batch(shape, 10);
        Network one = open(shape, state);
        one.train(batch);
        Network other = open(shape, state);
        other.step(other.gradient(batch));
        for (String name : state.weights().keySet()) {
            assertArrayEquals(
                    one.state().weights().get(name), other.state().weights().get(name), name);
        }
    }

    private static Network open(NetworkShape shape, NetworkState state) {
        return new JavaEngine().open(shape, state, new Descent(1e-3, 0.1));
    }

    private Batch batch(NetworkShape shape, int size) {
        float[][][] x = new float[shape.window()][][];
        Arrays.setAll(x, t -> matrix(size, shape.inputs()));
        return new Batch(size, x, matrix(size, shape.outputs()));
    }

    private float[][] matrix(int rows, int columns) {
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) (2 * random.nextDouble() - 1);
            }
        }
        return matrix;
    }

    private static float[][] transposed(float[][] a) {
        float[][] t = new float[a[0].length][a.length];
        Tensor.transpose(a, t);
        return t;
    }

    private static float[][] copy(float[][] a) {
        return Arrays.stream(a).map(float[]::clone).toArray(float[][]::new);
    }
}
