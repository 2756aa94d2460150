package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MultiClassSvmTest {

    private static final CascadeSvmOptions OPTIONS =
            CascadeSvmOptions.builder().c(2).gamma(0.2).build();

    @TempDir
    private Path folder = Path.of("");

    /** Correct of 1,200 rows: svm-train of libsvm 3.24 with the same -c and -g on the same rows, then svm-predict. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.07692307692307693, 980",
        "1, 0.01, 1008",
        "1, 0.07692307692307693, 1035",
        "1, 0.3, 982",
        "10, 0.01, 1042",
        "10, 0.07692307692307693, 1010",
        "100, 0.01, 1032",
        "100, 0.07692307692307693, 984"
    })
    void five_classes_are_told_apart_at_least_as_well_as_by_libsvm(double c, double gamma, int libsvm) {
        FiveClasses data = FiveClasses.load();
        try (LocalCluster cluster = LocalCluster.start(2, 1);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            var options = CascadeSvmOptions.builder().c(c).gamma(gamma).build();
            var model = new MultiClassSvm(options, MultiClass.OVO).fit(data.trainX(wf, 50), data.trainY(wf, 50));
            assertEquals(10, model.machines());
            assertTrue(model.certificates().stream().allMatch(Certificate::converged));
            double score = model.score(data.testX(wf, 100), data.testY(wf, 100));
            assertTrue(Math.round(score * 1200) >= libsvm, "score " + score + ", libsvm " + libsvm / 1200.0);
        }
    }

    @Test
    void one_against_the_rest_tells_five_classes_apart_as_well() {
        FiveClasses data = FiveClasses.load();
        try (Workflow wf = InlineBackend.workflow()) {
            var options = CascadeSvmOptions.builder().c(1).build();
            var model = new MultiClassSvm(options, MultiClass.OVR).fit(data.trainX(wf, 300), data.trainY(wf, 300));
            assertEquals(5, model.machines());
            double score = model.score(data.testX(wf, 100), data.testY(wf, 100));
            assertTrue(score > 0.85, "score " + score);
        }
    }

    @ParameterizedTest
    @EnumSource(MultiClass.class)
    void the_file_is_the_same_on_any_nodes_and_comes_back_as_it_was(MultiClass how) throws IOException {
        FiveClasses data = FiveClasses.load().first(240);
        byte[] expected = null;
        for (int[] shape : new int[][] {{1, 1}, {1, 4}, {3, 2}}) {
            try (LocalCluster cluster = LocalCluster.start(shape[0], shape[1]);
                    Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
                var model = new MultiClassSvm(OPTIONS, how)
                        .withProbability()
                        .fit(data.trainX(wf, 50), data.trainY(wf, 50))
                        .named(java.util.List.of("a", "b", "c", "d", "e"));
                Path file = folder.resolve("m.svm");
                model.save(file);
                byte[] bytes = Files.readAllBytes(file);
                expected = expected == null ? bytes : expected;
                assertArrayEquals(expected, bytes, Arrays.toString(shape));
                var loaded = MultiClassSvm.Model.load(file);
                assertEquals(model.classes(), loaded.classes());
                assertEquals(model.certificates(), loaded.certificates());
                double[][] rows = data.test();
                assertArrayEquals(model.decisionFunction(rows), loaded.decisionFunction(rows));
                assertArrayEquals(model.probabilities(rows), loaded.probabilities(rows));
                assertArrayEquals(
                        model.predict(rows),
                        loaded.predict(data.testX(wf, 33)).collect().values());
            }
        }
    }

    @Test
    void a_row_used_by_several_machines_is_kept_once() {
        FiveClasses data = FiveClasses.load().first(240);
        try (Workflow wf = InlineBackend.workflow()) {
            MultiData found = new MultiClassSvm(OPTIONS, MultiClass.OVO)
                    .fit(data.trainX(wf, 50), data.trainY(wf, 50))
                    .data();
            long used = found.uses().stream().mapToInt(use -> use.rows().length).sum();
            assertTrue(used > found.ids().length);
            for (int s = 0; s < found.ids().length; s++) {
                float[] expected = new float[13];
                double[] row = data.train()[(int) found.ids()[s]];
                for (int f = 0; f < 13; f++) {
                    expected[f] = (float) row[f];
                }
                assertArrayEquals(expected, found.points().point(s));
            }
        }
    }

    @Test
    void each_pair_is_the_machine_that_its_two_classes_alone_would_give() {
        FiveClasses data = FiveClasses.load().first(240);
        try (Workflow wf = InlineBackend.workflow()) {
            var all = new MultiClassSvm(OPTIONS, MultiClass.OVO).fit(data.trainX(wf, 240), data.trainY(wf, 240));
            FiveClasses two = data.only(0, 1);
            var pair = new MultiClassSvm(OPTIONS, MultiClass.OVO).fit(two.trainX(wf, 240), two.trainY(wf, 240));
            double[][] ours = all.decisionFunction(data.test());
            double[][] alone = pair.decisionFunction(data.test());
            for (int i = 0; i < ours.length; i++) {
                // Of two classes the greater is the positive side; of more the smaller.
                assertEquals(-alone[i][0], ours[i][0], 0.01);
            }
        }
    }

    @Test
    void a_machine_for_two_classes_reads_as_a_model_of_two() {
        Clouds data = Clouds.mixed(90, 3, 0.5, 8);
        try (Workflow wf = InlineBackend.workflow()) {
            var binary = data.fit(wf, OPTIONS, 40).named("g", "h");
            Path file = folder.resolve("two.svm");
            binary.save(file);
            var model = MultiClassSvm.Model.load(file);
            assertEquals(java.util.List.of("h", "g"), model.classes());
            double[] decisions = binary.decisionFunction(data.x());
            int[] signs = binary.predict(data.x());
            double[] found = model.predict(data.x());
            for (int i = 0; i < decisions.length; i++) {
                assertEquals(decisions[i], model.decisionFunction(data.x())[i][0]);
                assertEquals(signs[i], found[i]);
            }
        }
    }

    @Test
    void probabilities_add_up_and_say_how_often_a_class_is_right() {
        FiveClasses data = FiveClasses.load();
        try (LocalCluster cluster = LocalCluster.start(1, 2);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            var options = CascadeSvmOptions.builder().c(1).build();
            var model = new MultiClassSvm(options, MultiClass.OVO)
                    .withProbability()
                    .fit(data.trainX(wf, 1200), data.trainY(wf, 1200));
            double[][] found = model.probabilities(data.test());
            double sure = 0;
            int correct = 0;
            for (int i = 0; i < found.length; i++) {
                assertEquals(1, Arrays.stream(found[i]).sum(), 1e-9);
                int best = 0;
                for (int k = 1; k < 5; k++) {
                    best = found[i][k] > found[i][best] ? k : best;
                }
                sure += found[i][best];
                correct += best == data.testLabels()[i] ? 1 : 0;
            }
            assertTrue(correct > 0.85 * 1200, correct + " of 1200");
            assertEquals(correct / 1200.0, sure / 1200, 0.05, "the mean of the greatest probabilities");
        }
    }

    @Test
    void so_many_labels_that_they_cannot_be_classes_are_refused() {
        try (Workflow wf = InlineBackend.workflow()) {
            double[][] rows = new double[1001][1];
            for (int i = 0; i < rows.length; i++) {
                rows[i][0] = i / 7.0;
            }
            DsArray x = DsArray.of(wf, rows, new BlockShape(500, 1));
            var svm = new MultiClassSvm(OPTIONS, MultiClass.OVO);
            assertEquals(
                    "there are 1001 different labels; expected at most 1000 classes",
                    assertThrows(IllegalArgumentException.class, () -> svm.fit(x, x))
                            .getMessage());
        }
    }

    @Test
    void one_class_alone_and_labels_that_are_no_numbers_are_refused() {
        try (Workflow wf = InlineBackend.workflow()) {
            DsArray x = DsArray.of(wf, new double[][] {{1}, {2}}, new BlockShape(1, 1));
            var svm = new MultiClassSvm(OPTIONS, MultiClass.OVO);
            DsArray same = DsArray.of(wf, new double[][] {{3}, {3}}, new BlockShape(1, 1));
            assertEquals(
                    "all 2 labels are 3.0; expected rows of two classes or more",
                    assertThrows(IllegalArgumentException.class, () -> svm.fit(x, same))
                            .getMessage());
            DsArray none = DsArray.of(wf, new double[][] {{3}, {Double.NaN}}, new BlockShape(1, 1));
            assertEquals(
                    "the label of row 1 is NaN; expected a finite number",
                    assertThrows(IllegalArgumentException.class, () -> svm.fit(x, none))
                            .getMessage());
        }
    }
}
