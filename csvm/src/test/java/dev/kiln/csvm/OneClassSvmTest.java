package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.solver.SvmTrain;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneClassSvmTest {

    private static final CascadeSvmOptions OPTIONS =
            CascadeSvmOptions.builder().gamma(0.2).build();

    private final Workflow wf = InlineBackend.workflow();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void a_row_far_away_is_an_outlier_and_one_in_the_middle_is_none() {
        Hills data = Hills.of(200, 2, 0, 1);
        OneClassSvm.Model model = fit(data, 0.1, 60);
        assertArrayEquals(new int[] {-1, 1}, model.predict(new double[][] {{9, -9}, {0, 0}}));
        assertEquals(0.1, model.nu());
    }

    @Test
    void about_the_part_nu_of_the_rows_is_outside_and_at_least_that_part_supports() {
        Hills data = Hills.of(500, 3, 0, 2);
        for (double nu : new double[] {0.02, 0.2, 0.7}) {
            OneClassSvm.Model model = fit(data, nu, 120);
            int free = 30; // rows on the border, which rounding puts on one side or the other
            assertEquals(1 - nu, model.certificate().trainAccuracy(), free / 500.0);
            assertTrue(model.supportVectors() >= nu * 500);
        }
    }

    @Test
    void any_cut_into_blocks_reaches_what_libsvm_reaches() throws IOException, InterruptedException {
        Hills data = Hills.of(600, 4, 0, 3);
        var exact = OPTIONS.toBuilder().tolerance(1e-5).build();
        SvmTrain.Result theirs =
                SvmTrain.run(folder, data.targets(), data.points(), "-s", "2", "-g", "0.2", "-n", "0.15");
        for (int blockRows : new int[] {600, 150, 64, 25, 7}) {
            Certificate ours =
                    new OneClassSvm(exact, 0.15).fit(data.xIn(wf, blockRows)).certificate();
            assertTrue(ours.converged(), "blocks of " + blockRows);
            assertEquals(-theirs.objective(), ours.dualObjective(), 1e-5 * Math.abs(theirs.objective()));
            assertTrue(ours.relativeGap() > -1e-6 && ours.relativeGap() < 1e-3, "gap " + ours.relativeGap());
        }
    }

    @Test
    void predictions_are_those_of_libsvm() throws IOException, InterruptedException {
        Hills data = Hills.of(300, 3, 0, 4);
        var exact = OPTIONS.toBuilder().tolerance(1e-6).build();
        OneClassSvm.Model model = new OneClassSvm(exact, 0.1).fit(data.xIn(wf, 80));
        SvmTrain.run(folder, data.targets(), data.points(), "-s", "2", "-g", "0.2", "-n", "0.1");
        double[] theirs = LibsvmTools.values(folder, folder.resolve("model"), data.x());
        double[] decisions = model.decisionFunction(data.x());
        for (int i = 0; i < theirs.length; i++) {
            if (Math.abs(decisions[i]) > 1e-4) {
                assertEquals(theirs[i], model.predict(data.x())[i], "row " + i);
            }
        }
    }

    @Test
    void with_nu_of_one_every_row_supports() {
        Hills data = Hills.of(50, 2, 0, 5);
        assertEquals(50, fit(data, 1, 20).supportVectors());
    }

    @Test
    void rows_that_are_all_equal_are_no_trouble() {
        double[][] x = new double[30][];
        Arrays.fill(x, new double[] {1, 2});
        OneClassSvm.Model model = fit(new Hills(x, x), 0.5, 7);
        assertTrue(model.certificate().converged());
    }

    @Test
    void a_saved_model_says_the_same_and_is_no_other_model() {
        Hills data = Hills.of(100, 3, 0.1, 9);
        OneClassSvm.Model model = fit(data, 0.2, 40);
        Path file = folder.resolve("m.svm");
        model.save(file);
        OneClassSvm.Model again = OneClassSvm.Model.load(file);
        assertArrayEquals(model.decisionFunction(data.x()), again.decisionFunction(data.x()));
        assertArrayEquals(
                model.decisionFunction(data.x()),
                again.decisionFunction(data.xIn(wf, 30)).collect().values());
        assertEquals(0.2, again.nu());
        String refusal = String.valueOf(assertThrows(BadModelException.class, () -> EpsilonSvr.Model.load(file))
                .getMessage());
        assertTrue(refusal.contains("the model finds outliers; expected one that predicts numbers"), refusal);
    }

    @Test
    void libsvm_predicts_by_what_is_exported_and_that_can_be_imported() throws IOException, InterruptedException {
        LibsvmTools.need();
        Hills data = Hills.of(150, 3, 0.1, 10);
        OneClassSvm.Model model = fit(data, 0.2, 60);
        Path file = folder.resolve("exported");
        LibsvmModels.write(model, file);
        double[] theirs = LibsvmTools.values(folder, file, data.x());
        int[] ours = model.predict(data.x());
        double[] decisions = model.decisionFunction(data.x());
        for (int i = 0; i < ours.length; i++) {
            if (Math.abs(decisions[i]) > 1e-5) {
                assertEquals(theirs[i], ours[i], "row " + i);
            }
        }
        assertEquals(ModelKind.OUTLIERS, LibsvmModels.kind(file));
        OneClassSvm.Model again = LibsvmModels.readOutliers(file, 3);
        assertArrayEquals(decisions, again.decisionFunction(data.x()), 1e-9);
    }

    @Test
    void nu_out_of_range_is_refused() {
        for (double nu : new double[] {0, 1.1, Double.NaN}) {
            assertEquals(
                    "nu " + nu + ": expected a number above 0 and at most 1",
                    assertThrows(IllegalArgumentException.class, () -> new OneClassSvm(OPTIONS, nu))
                            .getMessage());
        }
    }

    private OneClassSvm.Model fit(Hills data, double nu, int blockRows) {
        return new OneClassSvm(OPTIONS, nu).fit(data.xIn(wf, blockRows));
    }
}
