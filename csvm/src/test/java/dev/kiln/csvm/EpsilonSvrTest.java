package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.solver.SvmTrain;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpsilonSvrTest {

    private static final CascadeSvmOptions OPTIONS =
            CascadeSvmOptions.builder().c(5).gamma(0.3).build();

    private final Workflow wf = InlineBackend.workflow();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void three_points_on_a_line_are_met_within_epsilon() {
        double[][] x = {{0}, {1}, {2}};
        double[][] y = {{1}, {3}, {5}};
        var options = CascadeSvmOptions.builder().kernel(Kernel.LINEAR).c(100).build();
        EpsilonSvr.Model model = fit(new Hills(x, y), options, 0.1, 3);
        double[] found = model.predict(x);
        for (int i = 0; i < 3; i++) {
            assertEquals(y[i][0], found[i], 0.1 + 2e-3);
        }
        assertEquals(0.1, model.epsilon());
    }

    @Test
    void any_cut_into_blocks_reaches_what_libsvm_reaches() throws IOException, InterruptedException {
        Hills data = Hills.of(600, 4, 0.2, 3);
        var exact = OPTIONS.toBuilder().tolerance(1e-5).build();
        SvmTrain.Result theirs =
                SvmTrain.run(folder, data.targets(), data.points(), "-s", "3", "-c", "5", "-g", "0.3", "-p", "0.1");
        for (int blockRows : new int[] {600, 150, 64, 25}) {
            Certificate ours = fit(data, exact, 0.1, blockRows).certificate();
            assertTrue(ours.converged(), "blocks of " + blockRows);
            assertEquals(-theirs.objective(), ours.dualObjective(), 1e-5 * Math.abs(theirs.objective()));
            assertTrue(ours.relativeGap() > -1e-6 && ours.relativeGap() < 1e-4, "gap " + ours.relativeGap());
        }
    }

    @Test
    void predictions_are_those_of_libsvm() throws IOException, InterruptedException {
        Hills data = Hills.of(300, 3, 0.2, 4);
        var exact = OPTIONS.toBuilder().tolerance(1e-6).build();
        double[] ours = fit(data, exact, 0.05, 80).predict(data.x());
        SvmTrain.run(folder, data.targets(), data.points(), "-s", "3", "-c", "5", "-g", "0.3", "-p", "0.05");
        double[] theirs = LibsvmTools.values(folder, folder.resolve("model"), data.x());
        assertArrayEquals(theirs, ours, 1e-3);
    }

    @Test
    void the_wider_epsilon_is_the_fewer_rows_are_support_vectors() {
        Hills data = Hills.of(200, 3, 0.2, 5);
        int before = Integer.MAX_VALUE;
        for (double epsilon : new double[] {0, 0.1, 0.4, 100}) {
            int vectors = fit(data, OPTIONS, epsilon, 60).supportVectors();
            assertTrue(vectors < before, epsilon + ": " + vectors);
            before = vectors;
        }
        assertEquals(0, before);
    }

    @Test
    void a_row_of_weight_two_is_as_good_as_two_rows() {
        Hills once = Hills.of(60, 3, 0.2, 6);
        double[][] x = new double[120][];
        double[][] y = new double[120][];
        double[][] two = new double[60][];
        for (int i = 0; i < 120; i++) {
            x[i] = once.x()[i % 60];
            y[i] = once.y()[i % 60];
            two[i % 60] = new double[] {2};
        }
        var exact = OPTIONS.toBuilder().tolerance(1e-6).build();
        double twice = fit(new Hills(x, y), exact, 0.1, 25).certificate().dualObjective();
        DsArray weights = DsArray.of(wf, two, new BlockShape(25, 1));
        double weighted = new EpsilonSvr(exact, 0.1)
                .fit(once.xIn(wf, 25), once.yIn(wf, 25), weights, round -> {})
                .certificate()
                .dualObjective();
        assertEquals(twice, weighted, 1e-5 * twice);
    }

    @Test
    void rounds_are_told_of_and_the_objective_rises() {
        Hills data = Hills.of(400, 4, 0.2, 7);
        List<Round> rounds = new ArrayList<>();
        new EpsilonSvr(OPTIONS, 0.1).fit(data.xIn(wf, 50), data.yIn(wf, 50), null, rounds::add);
        assertTrue(rounds.size() > 1);
        for (int i = 1; i < rounds.size(); i++) {
            assertTrue(rounds.get(i).objective() >= rounds.get(i - 1).objective() - 1e-9);
        }
        assertTrue(rounds.getLast().violation() < OPTIONS.tolerance());
    }

    @Test
    void the_score_is_r2_and_the_same_here_and_there() {
        Hills data = Hills.of(200, 3, 0.1, 8);
        EpsilonSvr.Model model = fit(data, OPTIONS, 0.05, 70);
        double[] here = model.predict(data.x());
        assertArrayEquals(here, model.predict(data.xIn(wf, 70)).collect().values());
        double mean = 0;
        for (double[] y : data.y()) {
            mean += y[0] / 200;
        }
        double missed = 0;
        double spread = 0;
        for (int i = 0; i < 200; i++) {
            missed += (data.y()[i][0] - here[i]) * (data.y()[i][0] - here[i]);
            spread += (data.y()[i][0] - mean) * (data.y()[i][0] - mean);
        }
        assertEquals(1 - missed / spread, model.score(data.xIn(wf, 70), data.yIn(wf, 70)), 1e-12);
        assertEquals(1 - missed / spread, model.certificate().trainAccuracy(), 1e-9);
        assertTrue(missed < 0.1 * spread);
    }

    @Test
    void targets_that_are_all_the_same_are_met_without_support_vectors() {
        double[][] x = {{1}, {2}, {3}};
        double[][] y = {{7}, {7}, {7}};
        EpsilonSvr.Model model = fit(new Hills(x, y), OPTIONS, 0.1, 2);
        assertEquals(0, model.supportVectors());
        assertEquals(7, model.predict(x)[1], 0.1 + 1e-9);
        assertTrue(model.certificate().converged());
    }

    @Test
    void a_saved_model_says_the_same_and_is_no_model_of_classes() throws IOException {
        Hills data = Hills.of(100, 3, 0.1, 9);
        DsArray x = data.xIn(wf, 40);
        StandardScaler.Model scaler = new StandardScaler().fit(x);
        EpsilonSvr.Model model = new EpsilonSvr(OPTIONS, 0.1)
                .fit(scaler.transform(x), data.yIn(wf, 40))
                .scaledBy(scaler);
        Path file = folder.resolve("m.svm");
        model.save(file);
        EpsilonSvr.Model again = EpsilonSvr.Model.load(file);
        assertArrayEquals(model.predict(data.x()), again.predict(data.x()));
        assertEquals(0.1, again.epsilon());
        assertEquals(OPTIONS, again.options());
        assertEquals(model.certificate(), again.certificate());
        String refusal = String.valueOf(assertThrows(BadModelException.class, () -> CascadeSvm.Model.load(file))
                .getMessage());
        assertTrue(refusal.contains("the model predicts numbers; expected one that tells classes apart"), refusal);
        assertThrows(BadModelException.class, () -> OneClassSvm.Model.load(file));
        assertThrows(BadModelException.class, () -> MultiClassSvm.Model.load(file));
    }

    @Test
    void libsvm_predicts_by_what_is_exported_and_that_can_be_imported() throws IOException, InterruptedException {
        LibsvmTools.need();
        Hills data = Hills.of(150, 3, 0.1, 10);
        DsArray x = data.xIn(wf, 60);
        StandardScaler.Model scaler = new StandardScaler().fit(x);
        for (Kernel kernel : new Kernel[] {Kernel.RBF, Kernel.LINEAR}) {
            var options = OPTIONS.toBuilder().kernel(kernel).build();
            EpsilonSvr.Model model = new EpsilonSvr(options, 0.1).fit(x, data.yIn(wf, 60));
            Path file = folder.resolve("exported");
            assertEquals(model.supportVectors(), LibsvmModels.write(model, file).supportVectors());
            assertArrayEquals(model.predict(data.x()), LibsvmTools.values(folder, file, data.x()), 1e-4);
            assertEquals(ModelKind.NUMBERS, LibsvmModels.kind(file));
            EpsilonSvr.Model again = LibsvmModels.readNumbers(file, 3);
            assertArrayEquals(model.predict(data.x()), again.predict(data.x()), 1e-9);
            again.save(folder.resolve("again.svm"));
            assertEquals(ModelKind.NUMBERS, ModelKind.of(folder.resolve("again.svm")));
        }
        var linear = OPTIONS.toBuilder().kernel(Kernel.LINEAR).build();
        EpsilonSvr.Model scaled = new EpsilonSvr(linear, 0.1)
                .fit(scaler.transform(x), data.yIn(wf, 60))
                .scaledBy(scaler);
        Path file = folder.resolve("scaled");
        LibsvmModels.write(scaled, file);
        assertArrayEquals(scaled.predict(data.x()), LibsvmTools.values(folder, file, data.x()), 1e-4);
        assertThrows(BadModelException.class, () -> LibsvmModels.readOutliers(file, 3));
    }

    @Test
    void what_does_not_fit_is_refused_in_one_line() {
        assertRefused("epsilon -1.0: expected a number, 0 or more", () -> new EpsilonSvr(OPTIONS, -1));
        assertRefused(
                "feedback CLASSIC: expected where two classes are told apart",
                () -> new EpsilonSvr(
                        OPTIONS.toBuilder().feedback(Feedback.CLASSIC).build(), 0));
        double[][] x = {{1}, {2}};
        double[][] y = {{1}, {Double.NaN}};
        assertRefused(
                "the target of row 1 is NaN; expected a finite number of at most 3.4e38",
                () -> fit(new Hills(x, y), OPTIONS, 0.1, 2));
        Hills data = Hills.of(10, 2, 0, 1);
        assertRefused(
                "targets DsArray[10x1 in blocks of 5x1] do not fit DsArray[10x2 in blocks of 4x2]: expected as many"
                        + " rows, in blocks of as many rows",
                () -> new EpsilonSvr(OPTIONS, 0.1).fit(data.xIn(wf, 4), data.yIn(wf, 5)));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable what) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, what).getMessage());
    }

    private EpsilonSvr.Model fit(Hills data, CascadeSvmOptions options, double epsilon, int blockRows) {
        return new EpsilonSvr(options, epsilon).fit(data.xIn(wf, blockRows), data.yIn(wf, blockRows));
    }
}
