package dev.kiln.csvm.internal.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.runtime.codec.ValueCodec;
import org.junit.jupiter.api.Test;

/** What tasks of linear machines hand on can go to another JVM and means the same there. */
class LinearTravelTest {

    private static final double[][] X = {{1, 0, 0, 0, 2}, {0, 0, 3, 0, 0}, {0, -1, 0, 0, 0}, {0, 0, 0, 0, 1}};
    private static final double[][] Y = {{1}, {-1}, {1}, {-1}};

    private final ValueCodec codec = new ValueCodec(LinearTravelTest.class.getClassLoader());

    @Test
    void every_value_of_a_training_survives_the_journey() {
        LinearGoal goal = travelled(new LinearGoal(1, 2, false, LinearGoal.Bias.FREE), LinearGoal.class);
        for (var x : new Block[] {DenseBlock.of(X), CsrBlock.of(DenseBlock.of(X))}) {
            LinearBlock block = LinearBlock.of(x, DenseBlock.of(Y), 7);
            LinearBlock there = travelled(block, LinearBlock.class);
            Plane plane = travelled(new Plane(new double[5], 0, 0, 0.1), Plane.class);
            Descent.Manner manner = travelled(new Descent.Manner(1, 3, true, 1e-3, 5), Descent.Manner.class);
            Duals zero = travelled(LinearTasks.zero(block), Duals.class);
            Descent.Visit visit = LinearTasks.enter(block, zero, plane, goal, manner);
            Descent.Visit again = travelled(LinearTasks.enter(there, zero, plane, goal, manner), Descent.Visit.class);
            assertArrayEquals(visit.duals().alpha(), again.duals().alpha());
            assertArrayEquals(
                    visit.front().w(), travelled(again.front(), Front.class).w());
            Measure measure = travelled(LinearTasks.measure(there, again.duals(), plane, goal), Measure.class);
            assertEquals(4, measure.rows());
            assertEquals(
                    LinearReport.of(measure, plane, goal),
                    travelled(LinearReport.of(measure, plane, goal), LinearReport.class));
            assertEquals(block.census(), travelled(there.census(), LinearBlock.Census.class));
        }
    }

    @Test
    void rows_give_the_same_products_with_and_without_their_zeros() {
        Rows dense = DenseRows.of(DenseBlock.of(X));
        Rows sparse = SparseRows.of(DenseBlock.of(X), 6);
        double[] w = {1, 2, 3, 4, 5};
        Rows given = Rows.of(CsrBlock.of(DenseBlock.of(X)), 0);
        for (int i = 0; i < X.length; i++) {
            assertEquals(sparse.dot(i, w), given.dot(i, w));
            assertEquals(dense.dot(i, w), sparse.dot(i, w));
            assertEquals(dense.squaredNorm(i), sparse.squaredNorm(i));
            double[] one = w.clone();
            double[] two = w.clone();
            dense.addTo(i, 0.5, one);
            sparse.addTo(i, 0.5, two);
            assertArrayEquals(one, two);
        }
    }

    private <T> T travelled(T value, Class<T> type) {
        return assertInstanceOf(type, codec.decode(codec.encode(value)));
    }
}
