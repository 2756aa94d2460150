package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CascadeSvmTest {

    private static final CascadeSvmOptions OPTIONS =
            CascadeSvmOptions.builder().c(2).gamma(0.2).build();

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void four_points_in_two_blocks_are_told_apart() {
        double[][] x = {{1, 2}, {2, 1}, {-1, -2}, {-2, -1}};
        double[][] y = {{1}, {1}, {-1}, {-1}};
        for (Kernel kernel : EnumSet.complementOf(EnumSet.of(Kernel.CUSTOM))) {
            var options = CascadeSvmOptions.builder().kernel(kernel).c(10).build();
            var model = new Clouds(x, y).fit(wf, options, 2);
            assertArrayEquals(new int[] {1, 1, -1, -1}, model.predict(x), kernel.name());
            assertTrue(model.certificate().converged());
            assertEquals(1, model.certificate().trainAccuracy());
        }
    }

    @Test
    void any_cut_into_blocks_leads_to_the_optimum_of_one_solve() {
        Clouds data = Clouds.mixed(400, 5, 0.3, 11);
        Certificate whole = data.fit(wf, OPTIONS, 400).certificate();
        for (int blockRows : new int[] {20, 64, 150}) {
            Certificate cut = data.fit(wf, OPTIONS, blockRows).certificate();
            assertTrue(cut.converged(), "blocks of " + blockRows);
            assertEquals(whole.dualObjective(), cut.dualObjective(), 1e-4 * whole.dualObjective());
            assertTrue(cut.relativeGap() >= 0 && cut.relativeGap() < 1e-3, "gap " + cut.relativeGap());
        }
    }

    @Test
    void a_file_sorted_by_class_whose_blocks_hold_one_class_each_is_solved_as_well() {
        Clouds data = Clouds.mixed(400, 5, 0.3, 11);
        Certificate whole = data.fit(wf, OPTIONS, 400).certificate();
        Certificate sorted = data.sorted().fit(wf, OPTIONS, 40).certificate();
        assertTrue(sorted.converged());
        assertEquals(whole.dualObjective(), sorted.dualObjective(), 1e-4 * whole.dualObjective());
    }

    @Test
    void any_arity_leads_to_the_same_optimum() {
        Clouds data = Clouds.mixed(300, 4, 0.3, 5);
        double two = data.fit(wf, OPTIONS, 30).certificate().dualObjective();
        double many = data.fit(wf, OPTIONS.toBuilder().arity(48).build(), 30)
                .certificate()
                .dualObjective();
        assertEquals(two, many, 1e-4 * two);
    }

    @Test
    void rows_that_occur_several_times_are_several_rows() {
        // Each row thrice, over blocks: the answer is that of one of each with three times the price.
        Clouds once = Clouds.mixed(40, 3, 0.2, 2);
        double[][] x = new double[120][];
        double[][] y = new double[120][];
        for (int i = 0; i < 120; i++) {
            x[i] = once.x()[i % 40];
            y[i] = once.y()[i % 40];
        }
        var exact = OPTIONS.toBuilder().tolerance(1e-5).build();
        double thrice = new Clouds(x, y).fit(wf, exact, 25).certificate().dualObjective();
        double dear =
                once.fit(wf, exact.toBuilder().c(6).build(), 40).certificate().dualObjective();
        assertEquals(dear, thrice, 1e-4 * dear);
    }

    @Test
    void equal_rows_of_opposite_labels_are_both_support_vectors() {
        double[][] x = {{0}, {0}, {3}, {-3}};
        double[][] y = {{1}, {-1}, {1}, {-1}};
        var model = new Clouds(x, y).fit(wf, OPTIONS, 1);
        assertTrue(model.certificate().converged());
        assertEquals(4, model.supportVectors());
    }

    @Test
    void five_classes_are_told_apart_by_one_machine_each() {
        var random = new Random(4);
        double[][] centres = centres(random);
        double[][] x = new double[500][6];
        int[] classes = new int[500];
        for (int i = 0; i < x.length; i++) {
            classes[i] = random.nextInt(5);
            for (int f = 0; f < 6; f++) {
                x[i][f] = centres[classes[i]][f] + random.nextGaussian();
            }
        }
        double[][] decisions = new double[5][];
        for (int k = 0; k < 5; k++) {
            double[][] y = new double[500][1];
            for (int i = 0; i < 500; i++) {
                y[i][0] = classes[i] == k ? 1 : -1;
            }
            double[][] odd = Clouds.every(2, 1, x);
            decisions[k] =
                    new Clouds(odd, Clouds.every(2, 1, y)).fit(wf, OPTIONS, 50).decisionFunction(x);
        }
        int correct = 0;
        for (int i = 0; i < 500; i += 2) {
            int best = 0;
            for (int k = 1; k < 5; k++) {
                best = decisions[k][i] > decisions[best][i] ? k : best;
            }
            correct += best == classes[i] ? 1 : 0;
        }
        assertTrue(correct > 0.85 * 250, correct + " of 250");
    }

    @Test
    void rounds_are_told_of_and_the_objective_rises() {
        List<Round> rounds = new ArrayList<>();
        Clouds data = Clouds.mixed(400, 5, 0.3, 11);
        new CascadeSvm(OPTIONS).fit(data.xIn(wf, 50), data.yIn(wf, 50), rounds::add);
        for (int i = 0; i < rounds.size(); i++) {
            assertEquals(i + 1, rounds.get(i).number());
            if (i > 0) {
                assertTrue(rounds.get(i).objective() >= rounds.get(i - 1).objective() - 1e-9);
            }
        }
        assertTrue(rounds.getLast().violation() < OPTIONS.tolerance());
    }

    @Test
    void the_gap_is_told_of_each_round_and_closes() {
        List<Round> rounds = new ArrayList<>();
        Clouds data = Clouds.mixed(400, 5, 0.3, 11);
        var model = new CascadeSvm(OPTIONS).fit(data.xIn(wf, 50), data.yIn(wf, 50), rounds::add);
        assertTrue(rounds.size() > 1);
        assertTrue(rounds.getFirst().gap() > rounds.getLast().gap());
        assertEquals(model.certificate().relativeGap(), rounds.getLast().gap(), 1e-9);
    }

    @Test
    void training_that_may_take_one_round_says_that_it_did_not_converge() {
        Clouds data = Clouds.mixed(400, 5, 0.3, 11);
        Certificate c =
                data.fit(wf, OPTIONS.toBuilder().maxRounds(1).build(), 20).certificate();
        assertFalse(c.converged());
        assertEquals(1, c.rounds());
        assertTrue(c.relativeGap() > 0);
    }

    @Test
    void gamma_is_one_by_the_number_of_features_unless_given() {
        Clouds data = Clouds.mixed(60, 4, 0.5, 3);
        var automatic = data.fit(wf, CascadeSvmOptions.builder().build(), 30);
        var given = data.fit(wf, CascadeSvmOptions.builder().gamma(0.25).build(), 30);
        assertArrayEquals(given.decisionFunction(data.x()), automatic.decisionFunction(data.x()));
    }

    @Test
    void blocks_rows_and_score_agree_on_predictions() {
        Clouds data = Clouds.mixed(90, 3, 0.5, 8);
        var model = data.fit(wf, OPTIONS, 40);
        double[] here = model.decisionFunction(data.x());
        assertArrayEquals(
                here, model.decisionFunction(data.xIn(wf, 40)).collect().values());
        double[] signs = model.predict(data.xIn(wf, 40)).collect().values();
        int correct = 0;
        for (int i = 0; i < here.length; i++) {
            assertEquals(here[i] > 0 ? 1 : -1, signs[i]);
            correct += signs[i] == data.y()[i][0] ? 1 : 0;
        }
        assertEquals(correct / 90.0, model.score(data.xIn(wf, 40), data.yIn(wf, 40)));
        assertEquals(model.certificate().trainAccuracy(), correct / 90.0);
    }

    @Test
    void one_class_alone_is_refused() {
        double[][] x = {{1}, {2}, {3}};
        double[][] y = {{1}, {1}, {1}};
        assertRefused("all 3 labels are +1; expected rows of two classes", x, y, 2);
    }

    @Test
    void a_number_that_is_none_is_refused_with_its_place() {
        double[][] x = {{1, 2}, {3, Double.NaN}};
        double[][] y = {{1}, {-1}};
        assertRefused("row 1, column 1 (counted from 0) is NaN; expected a finite number of at most 3.4e38", x, y, 1);
    }

    @Test
    void a_label_that_is_neither_sign_is_refused_with_its_row() {
        double[][] x = {{1}, {3}};
        double[][] y = {{1}, {2}};
        assertRefused("the label of row 1 is 2.0; expected +1 or -1 (Labels.signs makes such labels)", x, y, 2);
    }

    @Test
    void arrays_that_do_not_fit_are_refused() {
        Clouds data = Clouds.mixed(10, 3, 1, 1);
        DsArray x = data.xIn(wf, 4);
        var svm = new CascadeSvm(OPTIONS);
        String message = assertThrows(IllegalArgumentException.class, () -> svm.fit(x, data.yIn(wf, 5)))
                .getMessage();
        assertEquals(
                "labels DsArray[10x1 in blocks of 5x1] do not fit DsArray[10x3 in blocks of 4x3]: expected as many"
                        + " rows, in blocks of as many rows",
                message);
        var model = data.fit(wf, OPTIONS, 10);
        DsArray wide = DsArray.of(wf, new double[][] {{1, 2, 3, 4}}, new BlockShape(1, 4));
        assertEquals(
                "the model takes rows of 3 columns; found 4 columns",
                assertThrows(IllegalArgumentException.class, () -> model.predict(wide))
                        .getMessage());
    }

    @Test
    void options_out_of_range_are_refused_by_name() {
        var b = CascadeSvmOptions.builder();
        assertEquals("c 0.0: expected a number above 0", refusal(b.c(0)));
        b.c(1);
        assertEquals("gamma -1.0: expected a number above 0", refusal(b.gamma(-1)));
        b.gamma(1);
        assertEquals("tolerance NaN: expected a number above 0", refusal(b.tolerance(Double.NaN)));
        b.tolerance(0.1);
        assertEquals("arity 1: expected 2 or more", refusal(b.arity(1)));
        b.arity(2);
        assertEquals("maxRounds 0: expected 1 or more", refusal(b.maxRounds(0)));
    }

    private static double[][] centres(Random random) {
        double[][] centres = new double[5][];
        for (int k = 0; k < 5; k++) {
            centres[k] = random.doubles(6, -3, 3).toArray();
        }
        return centres;
    }

    private static String refusal(CascadeSvmOptions.Builder builder) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    private void assertRefused(String message, double[][] x, double[][] y, int blockRows) {
        Clouds data = new Clouds(x, y);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> data.fit(wf, OPTIONS, blockRows))
                        .getMessage());
    }
}
