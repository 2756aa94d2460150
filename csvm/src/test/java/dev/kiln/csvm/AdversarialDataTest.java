package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data made to break training: it ends, with an answer that is right, or a refusal of one line. */
class AdversarialDataTest {

    /** Long enough for any machine; only training without an end takes it. */
    private static final Duration AN_END = Duration.ofMinutes(2);

    static List<CascadeSvmOptions> options() {
        List<CascadeSvmOptions> all = new ArrayList<>();
        for (Kernel kernel : List.of(Kernel.RBF, Kernel.LINEAR)) {
            for (Feedback feedback : Feedback.values()) {
                all.add(CascadeSvmOptions.builder()
                        .kernel(kernel)
                        .feedback(feedback)
                        .maxRounds(40)
                        .build());
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("options")
    void equal_rows_of_both_labels_cancel_out(CascadeSvmOptions options) {
        // Each pair of opposite labels has multipliers up to C, and its kernel values cancel: the dual is 2 C a pair.
        double[][] x = new double[60][];
        double[][] y = new double[60][];
        for (int i = 0; i < 60; i++) {
            x[i] = new double[] {3, -1, 2};
            y[i] = new double[] {i % 3 == 0 ? 1 : -1};
        }
        Certificate found = fit(options, x, y, 7).certificate();
        assertTrue(found.converged(), found.toString());
        assertEquals(2 * 20, found.dualObjective(), 1e-2);
        assertEquals(40 / 60.0, found.trainAccuracy());
    }

    @ParameterizedTest
    @MethodSource("options")
    void two_equal_rows_of_opposite_labels_are_solved(CascadeSvmOptions options) {
        Certificate found = fit(options, new double[][] {{1, 2}, {1, 2}}, new double[][] {{1}, {-1}}, 1)
                .certificate();
        assertTrue(found.converged());
        assertEquals(2, found.dualObjective(), 1e-3);
        assertEquals(0.5, found.trainAccuracy());
    }

    @ParameterizedTest
    @MethodSource("options")
    void rows_of_zeros_are_rows(CascadeSvmOptions options) {
        double[][] x = new double[40][5];
        double[][] y = new double[40][];
        for (int i = 0; i < 40; i++) {
            y[i] = new double[] {i < 10 ? 1 : -1};
        }
        Certificate found = fit(options, x, y, 8).certificate();
        assertTrue(found.converged());
        assertEquals(2 * 10, found.dualObjective(), 1e-2);
        assertEquals(0.75, found.trainAccuracy());
    }

    @ParameterizedTest
    @MethodSource("options")
    void one_row_of_one_class_among_many_of_the_other_is_found(CascadeSvmOptions options) {
        var random = new Random(3);
        double[][] x = new double[200][2];
        double[][] y = new double[200][];
        for (int i = 0; i < 200; i++) {
            boolean odd = i == 137;
            x[i] = new double[] {random.nextGaussian() / 3 + (odd ? 8 : 0), random.nextGaussian() / 3};
            y[i] = new double[] {odd ? 1 : -1};
        }
        var model = fit(options, x, y, 23);
        assertTrue(model.certificate().converged(), model.certificate().toString());
        assertEquals(1, model.certificate().trainAccuracy());
        assertArrayEquals(new int[] {1, -1}, model.predict(new double[][] {{8, 0}, {0, 0}}));
    }

    @ParameterizedTest
    @MethodSource("options")
    void shuffled_labels_lead_to_an_optimum_all_the_same(CascadeSvmOptions options) {
        Clouds noise = Clouds.mixed(150, 4, 0, 6);
        Certificate found = fit(options, noise.x(), noise.y(), 20).certificate();
        assertTrue(found.relativeGap() < 0.01, found.toString());
    }

    @ParameterizedTest
    @MethodSource("options")
    void tiny_features_make_all_rows_alike(CascadeSvmOptions options) {
        Certificate found = scaled(options, 1e-30);
        assertTrue(found.converged(), found.toString());
        assertTrue(found.trainAccuracy() >= 0.5);
    }

    @ParameterizedTest
    @MethodSource("options")
    void huge_features_are_solved_or_refused_in_one_line(CascadeSvmOptions options) {
        if (options.kernel() == Kernel.RBF) {
            // No two rows are near: each is its own cloud, and all are on their own side.
            Certificate found = scaled(options, 1e30);
            assertTrue(found.converged(), found.toString());
            assertEquals(1, found.trainAccuracy());
            return;
        }
        var refused = assertThrows(IllegalArgumentException.class, () -> scaled(options, 1e30));
        assertTrue(String.valueOf(refused.getMessage()).contains("standardi"), refused.getMessage());
        assertEquals(1, String.valueOf(refused.getMessage()).lines().count());
    }

    private static Certificate scaled(CascadeSvmOptions options, double by) {
        Clouds data = Clouds.mixed(60, 3, 1, 9);
        double[][] x = new double[60][3];
        for (int i = 0; i < 60; i++) {
            for (int f = 0; f < 3; f++) {
                x[i][f] = data.x()[i][f] * by;
            }
        }
        return fit(options, x, data.y(), 11).certificate();
    }

    private static CascadeSvm.Model fit(CascadeSvmOptions options, double[][] x, double[][] y, int blockRows) {
        return assertTimeoutPreemptively(AN_END, () -> {
            try (LocalCluster cluster = LocalCluster.start(2, 1);
                    Workflow wf = new Workflow(cluster.open(AdversarialDataTest.class.getClassLoader()))) {
                return new Clouds(x, y).fit(wf, options, blockRows);
            }
        });
    }
}
