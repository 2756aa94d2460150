package dev.kiln.dislib.preprocessing;

import static dev.kiln.dislib.BlockShape.blocks;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardScalerTest {

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void means_and_deviations_are_those_of_exact_arithmetic_for_any_blocks() {
        double[][] rows = random(257, 5, 1);
        for (var shape : new int[][] {{1, 1}, {1, 5}, {3, 2}, {64, 5}, {257, 5}, {1000, 7}}) {
            StandardScaler.Model model = new StandardScaler().fit(DsArray.of(wf, rows, blocks(shape[0], shape[1])));
            for (int j = 0; j < 5; j++) {
                double[] exact = exact(rows, j);
                assertEquals(exact[0], model.means()[j], 1e-12 * Math.abs(exact[0]));
                assertEquals(exact[1], model.deviations()[j], 1e-12 * exact[1]);
            }
        }
    }

    @Test
    void a_large_offset_does_not_spoil_a_small_deviation() {
        double[][] rows = random(1_000, 1, 2);
        for (double[] row : rows) {
            row[0] = 1e9 + row[0] % 1;
        }

        StandardScaler.Model model = new StandardScaler().fit(DsArray.of(wf, rows, blocks(7, 1)));

        double[] exact = exact(rows, 0);
        assertEquals(exact[0], model.means()[0], 1e-15 * exact[0]);
        assertEquals(exact[1], model.deviations()[0], 1e-8 * exact[1]);
    }

    @Test
    void transformed_rows_have_mean_0_and_deviation_1() {
        DsArray x = DsArray.of(wf, random(100, 3, 3), blocks(9, 2));

        DsArray z = new StandardScaler().fit(x).transform(x);

        assertEquals(x.shape(), z.shape());
        assertEquals(x.blockShape(), z.blockShape());
        double[][] rows = rows(z);
        for (int j = 0; j < 3; j++) {
            double[] exact = exact(rows, j);
            assertEquals(0, exact[0], 1e-12);
            assertEquals(1, exact[1], 1e-12);
        }
    }

    @Test
    void a_constant_column_becomes_0_whatever_rounding_does_to_its_mean() {
        var rows = new double[1_000][2];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {0.1, i};
        }
        DsArray x = DsArray.of(wf, rows, blocks(13, 2));

        StandardScaler.Model model = new StandardScaler().fit(x);

        assertEquals(0, model.deviations()[0]);
        for (double[] row : rows(model.transform(x))) {
            assertEquals(0, row[0]);
        }
    }

    @Test
    void sparse_columns_are_divided_by_the_same_deviations_but_not_moved() {
        double[][] rows = random(60, 4, 5);
        for (int i = 0; i < rows.length; i++) {
            rows[i][i % 3] = 0;
            rows[i][3] = i < 58 ? 0 : 3;
        }
        DsArray dense = DsArray.of(wf, rows, blocks(9, 4));
        DsArray sparse = DsArray.of(wf, CsrBlock.of(DenseBlock.of(rows)), blocks(9, 4));

        StandardScaler.Model model = new StandardScaler().fit(sparse);
        DsArray z = model.transform(sparse);

        assertArrayEquals(new double[4], model.means());
        assertArrayEquals(new StandardScaler().fit(dense).deviations(), model.deviations(), 1e-12);
        assertInstanceOf(CsrBlock.class, z.block(6, 0).get());
        double[][] scaled = rows(z);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(rows[i][j] / model.deviations()[j], scaled[i][j], 1e-12);
            }
        }
        assertEquals(z.collect(), model.transform(dense).collect());
    }

    @Test
    void sparse_rows_less_the_means_of_dense_ones_become_dense() {
        double[][] rows = {{0, 1}, {2, 0}, {0, 0}};
        DsArray dense = DsArray.of(wf, rows, blocks(3, 2));
        StandardScaler.Model model = new StandardScaler().fit(dense);
        DsArray z = model.transform(DsArray.of(wf, CsrBlock.of(DenseBlock.of(rows)), blocks(3, 2)));
        assertInstanceOf(DenseBlock.class, z.block(0, 0).get());
        assertEquals(model.transform(dense).collect(), z.collect());
    }

    @Test
    void another_array_is_transformed_by_the_same_numbers() {
        DsArray other = DsArray.of(wf, new double[][] {{5, 5}}, blocks(1, 1));

        DsArray z = new StandardScaler.Model(new double[] {1, 2}, new double[] {2, 0}).transform(other);

        assertArrayEquals(new double[] {2, 3}, z.collect().row(0));
    }

    @Test
    void an_array_of_other_columns_is_refused() {
        DsArray x = DsArray.of(wf, new double[][] {{1, 2, 3}}, blocks(1, 2));
        var model = new StandardScaler.Model(new double[2], new double[2]);

        var refused = assertThrows(IllegalArgumentException.class, () -> model.transform(x));

        assertEquals(
                "cannot standardize DsArray[1x3 in blocks of 1x2] by the means of 2 columns: expected 2 columns,"
                        + " found 3",
                refused.getMessage());
    }

    @Test
    void numbers_that_are_none_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new StandardScaler.Model(new double[] {Double.NaN}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> new StandardScaler.Model(new double[1], new double[2]));
    }

    private static double[][] random(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        var values = new double[rows][columns];
        for (double[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextDouble(-1, 2) * Math.pow(10, j);
            }
        }
        return values;
    }

    /** Mean and deviation of a column, with 60 digits. */
    private static double[] exact(double[][] rows, int column) {
        var context = new MathContext(60);
        var n = new BigDecimal(rows.length);
        var mean = BigDecimal.ZERO;
        for (double[] row : rows) {
            mean = mean.add(new BigDecimal(row[column]), context);
        }
        mean = mean.divide(n, context);
        var squares = BigDecimal.ZERO;
        for (double[] row : rows) {
            BigDecimal d = new BigDecimal(row[column]).subtract(mean, context);
            squares = squares.add(d.multiply(d, context), context);
        }
        return new double[] {
            mean.doubleValue(), squares.divide(n, context).sqrt(context).doubleValue()
        };
    }

    private static double[][] rows(DsArray x) {
        DenseBlock all = x.collect();
        return IntStream.range(0, all.rows()).mapToObj(all::row).toArray(double[][]::new);
    }
}
