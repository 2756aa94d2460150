package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows and classes that weigh more than others. The objectives are those of scikit-learn 1.2.1's
 * {@code SVC(C=2, gamma=0.5, tol=1e-7)} for the same rows, with {@code class_weight} and {@code sample_weight}.
 */
class WeightsTest {

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 40})
    void rows_weigh_as_scikit_learns_sample_weights(int blockRows) {
        assertDual(109.73990793492221, ClassWeights.EQUAL, true, blockRows);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 40})
    void classes_weigh_as_scikit_learns_class_weights(int blockRows) {
        assertDual(71.55187222740666, ClassWeights.of(Map.of(1.0, 3.0, -1.0, 0.5)), false, blockRows);
        assertDual(88.71675310499906, ClassWeights.byBalance(), false, blockRows);
        assertDual(128.91923333817593, ClassWeights.of(Map.of(1.0, 3.0)), true, blockRows);
    }

    @ParameterizedTest
    @EnumSource
    void the_certificate_counts_each_row_by_its_own_price(Feedback feedback) {
        var options =
                options(ClassWeights.of(Map.of(1.0, 3.0))).feedback(feedback).build();
        Certificate found = Waves.make().fit(wf, options, true, 40).certificate();
        assertTrue(found.converged());
        assertTrue(found.relativeGap() >= 0 && found.relativeGap() < 1e-5, "gap " + found.relativeGap());
    }

    @Test
    void classes_weigh_as_svm_train_has_it() throws Exception {
        LibsvmTools.need();
        Waves waves = Waves.make();
        for (String[] weights : new String[][] {{"3", "0.5"}, {"0.01", "40"}}) {
            double theirs = LibsvmTools.dual(
                    folder,
                    waves.x(),
                    waves.y(),
                    "-c",
                    "2",
                    "-g",
                    "0.5",
                    "-e",
                    "1e-6",
                    "-w1",
                    weights[0],
                    "-w-1",
                    weights[1]);
            var given =
                    ClassWeights.of(Map.of(1.0, Double.parseDouble(weights[0]), -1.0, Double.parseDouble(weights[1])));
            assertDual(theirs, given, false, 64);
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_row_of_weight_two_is_two_rows_and_one_of_weight_nothing_none() {
        Waves waves = Waves.make();
        double[][] weights = new double[Waves.ROWS][1];
        int rows = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i][0] = i % 3;
            rows += i % 3;
        }
        double[][] x = new double[rows][];
        double[][] y = new double[rows][];
        for (int i = 0, at = 0; i < weights.length; i++) {
            for (int copy = 0; copy < i % 3; copy++) {
                // Row 0 of each three would be the only positive one; labels are given anew.
                x[at] = waves.x()[i];
                y[at++] = new double[] {i % 2 == 0 ? 1 : -1};
            }
        }
        double[][] labels = new double[Waves.ROWS][1];
        for (int i = 0; i < labels.length; i++) {
            labels[i][0] = i % 2 == 0 ? 1 : -1;
        }
        CascadeSvmOptions options = options(ClassWeights.EQUAL).build();
        double copied = new CascadeSvm(options)
                .fit(Waves.column(wf, x, 50), Waves.column(wf, y, 50))
                .certificate()
                .dualObjective();
        for (Feedback feedback : Feedback.values()) {
            var weighted = new Waves(waves.x(), labels, weights)
                    .fit(wf, options.toBuilder().feedback(feedback).build(), true, 50);
            assertTrue(weighted.certificate().converged());
            assertEquals(copied, weighted.certificate().dualObjective(), 1e-4 * copied);
        }
    }

    @Test
    void many_classes_have_weights_as_well() {
        // The decision values of the pairs (0, 1), (0, 2), (1, 2) for the first two rows, by SVC's ovo.
        double[][] x = new double[Waves.ROWS][3];
        double[][] y = new double[Waves.ROWS][1];
        for (int i = 0; i < x.length; i++) {
            y[i][0] = i % 3;
            for (int f = 0; f < 3; f++) {
                x[i][f] = Math.sin(0.7 * i * (f + 1) + f) + 0.5 * y[i][0] * (f + 1);
            }
        }
        double[][] first = {x[0], x[1]};
        var byClass = new MultiClassSvm(
                        options(ClassWeights.of(Map.of(0.0, 3.0, 2.0, 0.5))).build(), MultiClass.OVO)
                .fit(Waves.column(wf, x, 70), Waves.column(wf, y, 70));
        assertRows(
                new double[][] {{0.9620395, 0.99999999, 1.15152434}, {-2.4886181, 0.40011651, 1.00296872}},
                byClass.decisionFunction(first));
        var byRow = new MultiClassSvm(options(ClassWeights.EQUAL).build(), MultiClass.OVO)
                .fit(
                        Waves.column(wf, x, 70),
                        Waves.column(wf, y, 70),
                        Waves.column(wf, Waves.make().weights(), 70),
                        round -> {});
        assertRows(
                new double[][] {{0.87597946, 1.00000001, 1.15152429}, {-2.51399617, 0.40011651, 1.0029688}},
                byRow.decisionFunction(first));
    }

    private static void assertRows(double[][] expected, double[][] found) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], found[i], 5e-4);
        }
    }

    @Test
    void a_search_for_c_and_gamma_weighs_classes_as_well() {
        Waves waves = Waves.make();
        var worthless =
                new GridSearch(options(ClassWeights.of(Map.of(1.0, 1e-9))).build(), 3);
        List<GridSearch.Cell> cells = worthless.run(
                Waves.column(wf, waves.x(), 100), Waves.column(wf, waves.y(), 100), List.of(2.0), List.of(0.5));
        assertEquals(200 / 300.0, cells.getFirst().accuracy(), "the rows of label -1, and no other");
    }

    @Test
    void a_model_remembers_the_weights_of_its_classes(@TempDir Path at) throws IOException {
        var given = ClassWeights.of(Map.of(1.0, 3.0, -1.0, 0.5));
        var model = Waves.make().fit(wf, options(given).build(), false, 100);
        model.save(at.resolve("m.svm"));
        assertEquals(given, CascadeSvm.Model.load(at.resolve("m.svm")).options().classWeights());
        var balanced = Waves.make().fit(wf, options(ClassWeights.byBalance()).build(), false, 100);
        balanced.save(at.resolve("b.svm"));
        assertEquals(
                ClassWeights.byBalance(),
                MultiClassSvm.Model.load(at.resolve("b.svm")).options().classWeights());
    }

    @Test
    void weights_that_cannot_be_are_refused_in_one_line() {
        Waves waves = Waves.make();
        assertRefused(
                "class weight 0.0 of label 1.0: expected a number above 0", () -> ClassWeights.of(Map.of(1.0, 0.0)));
        assertRefused(
                "class weights are given for labels [2.0], of which only 0 occur",
                () -> waves.fit(wf, options(ClassWeights.of(Map.of(2.0, 3.0))).build(), false, 100));
        CascadeSvmOptions plain = options(ClassWeights.EQUAL).build();
        for (double bad : List.of(-1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            double[][] weights = new double[Waves.ROWS][1];
            weights[7][0] = bad;
            assertRefused(
                    "the weight of row 7 is " + bad + "; expected a number, 0 or more",
                    () -> new Waves(waves.x(), waves.y(), weights).fit(wf, plain, true, 100));
        }
        double[][] nothing = new double[Waves.ROWS][1];
        assertRefused(
                "all 300 weights are 0", () -> new Waves(waves.x(), waves.y(), nothing).fit(wf, plain, true, 100));
        for (int i = 1; i < nothing.length; i += 3) {
            nothing[i][0] = 1;
        }
        assertRefused(
                "all 100 labels of rows that weigh something are -1",
                () -> new Waves(waves.x(), waves.y(), nothing).fit(wf, plain, true, 100));
        assertRefused(
                "weights DsArray[300x1 in blocks of 70x1] do not fit",
                () -> new CascadeSvm(plain)
                        .fit(
                                Waves.column(wf, waves.x(), 100),
                                Waves.column(wf, waves.y(), 100),
                                Waves.column(wf, waves.weights(), 70),
                                round -> {}));
    }

    private static void assertRefused(String message, Runnable what) {
        String found = String.valueOf(
                assertThrows(IllegalArgumentException.class, what::run).getMessage());
        assertTrue(found.contains(message), found);
        assertEquals(1, found.lines().count());
    }

    private void assertDual(double expected, ClassWeights classes, boolean rows, int blockRows) {
        Certificate found =
                Waves.make().fit(wf, options(classes).build(), rows, blockRows).certificate();
        assertTrue(found.converged());
        assertEquals(expected, found.dualObjective(), 1e-5 * expected);
    }

    private static CascadeSvmOptions.Builder options(ClassWeights classes) {
        return CascadeSvmOptions.builder().c(2).gamma(0.5).tolerance(1e-4).classWeights(classes);
    }
}
