package dev.kiln.csvm.internal.multi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.ClassWeights;
import dev.kiln.csvm.FiveClasses;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.MultiClassSvm;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search over a grid finds what machines trained apart would. */
class GridTrainingTest {

    private static final List<Double> CS = List.of(0.1, 3.0, 30.0);
    private static final List<Double> GAMMAS = List.of(0.02, 0.2);
    private static final int FOLDS = 3;
    private static final FiveClasses DATA = FiveClasses.load().first(240);
    private static final CascadeSvmOptions OPTIONS = CascadeSvmOptions.builder()
            .tolerance(1e-5)
            .classWeights(ClassWeights.of(Map.of(1.0, 2.0)))
            .build();

    /** Less than the kernel values of all rows take, so that blocks stay apart. */
    private static final CascadeSvmOptions CRAMPED =
            OPTIONS.toBuilder().kernelBytes(100_000).build();

    @ParameterizedTest
    @EnumSource
    void hits_are_those_of_machines_trained_apart(MultiClass how) {
        try (Workflow wf = InlineBackend.workflow()) {
            List<long[]> apart = apart(wf, how);
            assertSame(apart, grid(wf, OPTIONS, how, 240, null));
            assertSame(apart, grid(wf, OPTIONS, how, 50, null));
            assertSame(apart, grid(wf, CRAMPED, how, 50, null));
        }
    }

    @Test
    void they_are_the_same_on_any_number_of_nodes_and_slots() {
        List<long[]> first = null;
        for (int[] shape : new int[][] {{1, 1}, {1, 3}, {3, 2}}) {
            try (LocalCluster cluster = LocalCluster.start(shape[0], shape[1]);
                    Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
                List<long[]> found = grid(wf, CRAMPED, MultiClass.OVO, 50, null);
                assertSame(first == null ? found : first, found);
                first = found;
            }
        }
    }

    @Test
    void a_row_of_weight_0_is_as_good_as_none_and_still_asked_about() {
        try (Workflow wf = InlineBackend.workflow()) {
            double[][] weights = new double[240][1];
            for (int i = 0; i < 120; i++) {
                weights[i][0] = 1;
            }
            List<long[]> half = grid(wf, OPTIONS, MultiClass.OVO, 60, DsArray.of(wf, weights, new BlockShape(60, 1)));
            List<long[]> all = grid(wf, OPTIONS, MultiClass.OVO, 60, null);
            assertTrue(half.getFirst()[1] < all.getFirst()[1], half.getFirst()[1] + " and " + all.getFirst()[1]);
            assertTrue(half.getFirst()[1] > 120);
        }
    }

    private static void assertSame(List<long[]> wanted, List<long[]> found) {
        assertEquals(wanted.size(), found.size());
        for (int g = 0; g < wanted.size(); g++) {
            assertArrayEquals(wanted.get(g), found.get(g));
        }
    }

    private static List<long[]> grid(
            Workflow wf, CascadeSvmOptions options, MultiClass how, int blockRows, @Nullable DsArray weights) {
        return new GridTraining(options, FOLDS, DATA.trainX(wf, blockRows))
                .run(DATA.trainY(wf, blockRows), weights, how, CS, GAMMAS, (gamma, round, violators) -> {});
    }

    private static List<long[]> apart(Workflow wf, MultiClass how) {
        List<long[]> all = new ArrayList<>();
        for (double gamma : GAMMAS) {
            long[] hits = new long[CS.size()];
            for (int k = 0; k < hits.length; k++) {
                var svm = new MultiClassSvm(
                        OPTIONS.toBuilder().c(CS.get(k)).gamma(gamma).build(), how);
                for (int fold = 0; fold < FOLDS; fold++) {
                    MultiClassSvm.Model model = svm.fit(x(wf, fold, false), y(wf, fold, false));
                    hits[k] += Math.round(model.score(x(wf, fold, true), y(wf, fold, true))
                            * x(wf, fold, true).rows());
                }
            }
            all.add(hits);
        }
        return all;
    }

    private static DsArray x(Workflow wf, int fold, boolean held) {
        double[][] rows = of(fold, held).stream().map(i -> DATA.train()[i]).toArray(double[][]::new);
        return DsArray.of(wf, rows, new BlockShape(rows.length, rows[0].length));
    }

    private static DsArray y(Workflow wf, int fold, boolean held) {
        double[][] rows = of(fold, held).stream()
                .map(i -> new double[] {DATA.trainLabels()[i]})
                .toArray(double[][]::new);
        return DsArray.of(wf, rows, new BlockShape(rows.length, 1));
    }

    private static List<Integer> of(int fold, boolean held) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            if ((GridTasks.fold(i, OPTIONS.seed(), FOLDS) == fold) == held) {
                rows.add(i);
            }
        }
        return rows;
    }
}
