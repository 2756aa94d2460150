package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.internal.linear.LinearGoal.Bias;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearSvmTest {

    private final Workflow wf = InlineBackend.workflow();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void it_finds_the_machine_that_the_cascade_finds() {
        Clouds data = floats(Clouds.mixed(600, 20, 0.2, 3));
        var exact = CascadeSvmOptions.builder()
                .kernel(Kernel.LINEAR)
                .c(0.1)
                .tolerance(1e-5)
                .build();
        CascadeSvm.Model theirs = data.fit(wf, exact, 600);
        double best = theirs.certificate().dualObjective();
        for (int blockRows : new int[] {600, 200, 64}) {
            CascadeSvm.Model ours = fit(data, options().c(0.1), blockRows);
            assertTrue(ours.certificate().converged(), "blocks of " + blockRows);
            assertEquals(best, ours.certificate().dualObjective(), 1e-5 * best);
            assertTrue(ours.certificate().relativeGap() >= -1e-9);
            assertArrayEquals(theirs.decisionFunction(data.x()), ours.decisionFunction(data.x()), 0.02);
            assertEquals(
                    theirs.certificate().trainAccuracy(), ours.certificate().trainAccuracy(), 0.005);
        }
    }

    @Test
    void it_reaches_what_liblinear_reaches_with_every_loss_and_threshold() throws IOException, InterruptedException {
        Clouds data = floats(Clouds.mixed(400, 15, 0.15, 4));
        for (boolean squared : new boolean[] {false, true}) {
            for (Bias bias : new Bias[] {Bias.NONE, Bias.PENALISED}) {
                double theirs = LiblinearTools.dual(
                        folder, data, "-s", squared ? "1" : "3", "-c", "0.5", "-B", bias == Bias.NONE ? "-1" : "1");
                for (int blockRows : new int[] {400, 90}) {
                    Certificate ours = fit(
                                    data, options().c(0.5).squared(squared).bias(bias), blockRows)
                            .certificate();
                    assertEquals(theirs, ours.dualObjective(), 1e-5 * theirs, squared + " " + bias);
                    assertTrue(ours.relativeGap() < 1e-4 && ours.relativeGap() > -1e-9, "gap " + ours.relativeGap());
                }
            }
        }
    }

    @Test
    void sparse_rows_of_many_features_are_kept_without_their_zeros_and_solved() {
        Clouds data = sparse(500, 3000, 12, 5);
        CascadeSvm.Model whole = fit(data, options(), 500);
        CascadeSvm.Model cut = fit(data, options(), 120);
        assertTrue(whole.certificate().converged() && cut.certificate().converged());
        double best = whole.certificate().dualObjective();
        assertEquals(best, cut.certificate().dualObjective(), 1e-5 * best);
        var exact = CascadeSvmOptions.builder().kernel(Kernel.LINEAR).build();
        assertEquals(best, data.fit(wf, exact, 500).certificate().dualObjective(), 1e-5 * best);
    }

    @Test
    void lanes_change_the_way_and_not_the_goal() {
        Clouds data = sparse(600, 1000, 10, 6);
        double one = fit(data, options(), 75).certificate().dualObjective();
        Certificate four = fit(data, options().lanes(4).tolerance(0.05), 75).certificate();
        assertTrue(four.converged());
        assertEquals(one, four.dualObjective(), 1e-5 * one);
    }

    @Test
    void weights_of_classes_are_those_of_the_cascade() {
        Clouds data = floats(Clouds.mixed(300, 10, 0.15, 7));
        ClassWeights weights = ClassWeights.of(Map.of(1.0, 3.0, -1.0, 0.5));
        var exact = CascadeSvmOptions.builder()
                .kernel(Kernel.LINEAR)
                .c(0.2)
                .classWeights(weights)
                .tolerance(1e-5)
                .build();
        double theirs = data.fit(wf, exact, 300).certificate().dualObjective();
        double ours = fit(data, options().c(0.2).classWeights(weights), 80)
                .certificate()
                .dualObjective();
        assertEquals(theirs, ours, 1e-5 * theirs);
    }

    @Test
    void the_certificate_holds_before_it_has_converged() {
        Clouds data = floats(Clouds.mixed(300, 10, 0.15, 8));
        Certificate early = fit(data, options().maxRounds(2), 100).certificate();
        Certificate late = fit(data, options(), 100).certificate();
        assertFalse(early.converged());
        assertEquals(2, early.rounds());
        assertTrue(early.dualObjective() <= late.primalObjective());
        assertTrue(late.dualObjective() <= early.primalObjective());
        assertTrue(early.relativeGap() > late.relativeGap());
    }

    @Test
    void measured_rounds_are_told_of() {
        List<Round> rounds = new ArrayList<>();
        Clouds data = floats(Clouds.mixed(300, 10, 0.15, 8));
        var model = new LinearSvm(options().build()).fit(data.xIn(wf, 100), data.yIn(wf, 100), rounds::add);
        assertEquals(model.certificate().rounds(), rounds.getLast().number());
        assertEquals(model.certificate().dualObjective(), rounds.getLast().objective());
    }

    @Test
    void the_model_is_one_like_any_other() throws IOException, InterruptedException {
        Clouds data = floats(Clouds.mixed(200, 6, 0.3, 9));
        CascadeSvm.Model model = fit(data, options(), 70);
        Path file = folder.resolve("linear.svm");
        model.save(file);
        CascadeSvm.Model again = CascadeSvm.Model.load(file);
        assertArrayEquals(model.decisionFunction(data.x()), again.decisionFunction(data.x()));
        assertEquals(model.certificate().trainAccuracy(), again.score(data.xIn(wf, 70), data.yIn(wf, 70)));
        LibsvmTools.need();
        Path exported = folder.resolve("linear.model");
        LibsvmModels.write(MultiClassSvm.Model.of(model), exported);
        assertArrayEquals(model.predict(data.x()), LibsvmTools.predict(folder, exported, data.x(), false));
    }

    @Test
    void rows_of_zeros_and_equal_rows_are_no_trouble() {
        double[][] x = {{0, 0}, {0, 0}, {1, 1}, {1, 1}, {0, 0}};
        double[][] y = {{1}, {-1}, {1}, {-1}, {1}};
        for (Bias bias : Bias.values()) {
            Certificate c = fit(new Clouds(x, y), options().bias(bias), 2).certificate();
            assertTrue(c.converged(), bias + " " + c);
        }
    }

    @Test
    void what_does_not_fit_is_refused_in_one_line() {
        double[][] x = {{1}, {2}};
        assertRefused("all 2 labels are +1; expected rows of two classes", x, new double[][] {{1}, {1}});
        assertRefused(
                "the label of row 1 is 2.0; expected +1 or -1 (Labels.signs makes such labels)",
                x,
                new double[][] {{1}, {2}});
        assertRefused(
                "row 0, column 0 (counted from 0) is Infinity; expected a finite number of at most 3.4e38",
                new double[][] {{1.0 / 0}, {2}},
                new double[][] {{1}, {-1}});
        assertEquals(
                "lanes 0: expected 1 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> options().lanes(0).build())
                        .getMessage());
    }

    private void assertRefused(String message, double[][] x, double[][] y) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> fit(new Clouds(x, y), options(), 1))
                        .getMessage());
    }

    private static LinearSvmOptions.Builder options() {
        return LinearSvmOptions.builder();
    }

    private CascadeSvm.Model fit(Clouds data, LinearSvmOptions.Builder options, int blockRows) {
        return new LinearSvm(options.build()).fit(data.xIn(wf, blockRows), data.yIn(wf, blockRows));
    }

    /** Rounded, so that programs that read doubles have the same numbers. */
    private static Clouds floats(Clouds data) {
        for (double[] row : data.x()) {
            for (int f = 0; f < row.length; f++) {
                row[f] = (float) row[f];
            }
        }
        return data;
    }

    /** Rows of a few ones, with labels by hidden weights and noise. */
    private static Clouds sparse(int rows, int features, int ones, long seed) {
        var random = new Random(seed);
        double[] hidden = random.doubles(features, -1, 1).toArray();
        double[][] x = new double[rows][features];
        double[][] y = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            double sum = random.nextGaussian() / 2;
            for (int k = 0; k < ones; k++) {
                int f = (int) (features * Math.pow(random.nextDouble(), 3));
                x[i][f] = 1;
                sum += hidden[f];
            }
            y[i][0] = sum > 0 ? 1 : -1;
        }
        return new Clouds(x, y);
    }
}
