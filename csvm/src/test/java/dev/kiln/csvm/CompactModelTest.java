package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal support vectors are one. */
class CompactModelTest {

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rows_that_occur_thrice_are_one_support_vector_of_three_times_the_weight(boolean sparse) {
        Clouds once = Clouds.mixed(60, 3, 0.2, 2);
        double[][] x = thrice(once.x());
        var options = CascadeSvmOptions.builder().tolerance(1e-5);
        DsArray rows =
                sparse ? DsArray.of(wf, CsrBlock.of(DenseBlock.of(x)), new BlockShape(50, 3)) : Waves.column(wf, x, 50);
        var model = new CascadeSvm(options.c(1).build()).fit(rows, Waves.column(wf, thrice(once.y()), 50));
        var single = once.fit(wf, options.c(3).build(), 60);
        assertEquals(single.supportVectors(), model.supportVectors());
        assertArrayEquals(single.decisionFunction(once.x()), model.decisionFunction(once.x()), 1e-3);
        assertDifferent(model.data().points());
        long[] ids = model.data().ids();
        assertArrayEquals(Arrays.stream(ids).sorted().distinct().toArray(), ids);
    }

    @ParameterizedTest
    @EnumSource
    void a_model_of_many_classes_has_no_row_twice(MultiClass how) {
        double[][] x = new double[150][2];
        double[][] y = new double[150][1];
        for (int i = 0; i < 50; i++) {
            y[i][0] = i % 3;
            x[i][0] = Math.cos(i) + 2 * Math.cos(2 * y[i][0]);
            x[i][1] = Math.sin(i) + 2 * Math.sin(2 * y[i][0]);
            for (int copy = 50; copy < 150; copy += 50) {
                x[i + copy] = x[i].clone();
                y[i + copy] = y[i].clone();
            }
        }
        var options = CascadeSvmOptions.builder().tolerance(1e-5).build();
        var model = new MultiClassSvm(options, how).fit(Waves.column(wf, x, 40), Waves.column(wf, y, 40));
        assertDifferent(model.data().points());
        assertEquals(model.data().points().rows(), model.supportVectors());
        assertTrue(model.supportVectors() <= 50);
        double[][] one = Arrays.copyOf(x, 50);
        var dear = CascadeSvmOptions.builder().tolerance(1e-5).c(3).build();
        var single =
                new MultiClassSvm(dear, how).fit(Waves.column(wf, one, 40), Waves.column(wf, Arrays.copyOf(y, 50), 40));
        for (int i = 0; i < 50; i++) {
            assertArrayEquals(single.decisionFunction(one)[i], model.decisionFunction(one)[i], 1e-3);
        }
    }

    private static void assertDifferent(Points points) {
        long different = java.util.stream.IntStream.range(0, points.rows())
                .mapToObj(i -> Arrays.toString(points.point(i)))
                .distinct()
                .count();
        assertEquals(points.rows(), different);
    }

    private static double[][] thrice(double[][] rows) {
        double[][] all = new double[3 * rows.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = rows[i % rows.length];
        }
        return all;
    }
}
