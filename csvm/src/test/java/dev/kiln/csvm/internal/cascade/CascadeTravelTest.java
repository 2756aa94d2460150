package dev.kiln.csvm.internal.cascade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kiln.csvm.Clouds;
import dev.kiln.csvm.Hills;
import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTasks;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SparsePoints;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.runtime.codec.ValueCodec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tasks hand on can go to another JVM and means the same there. */
class CascadeTravelTest {

    private final ValueCodec codec = new ValueCodec(CascadeTravelTest.class.getClassLoader());

    @Test
    void every_value_of_a_training_survives_the_journey() {
        Clouds data = Clouds.mixed(40, 3, 0.2, 1);
        Block x = DenseBlock.of(data.x());
        Block y = DenseBlock.of(data.y());
        var training = travelled(new Training(new KernelFunction.Rbf(0.3), 1, 1e-3, 1 << 20, 1, 1), Training.class);
        BlockRows rows = travelled(RowTasks.rows(x, y, 7), BlockRows.class);
        assertEquals(7, rows.firstRow());
        Machine leaf = CascadeTasks.leaf(rows, training, 1e-3);
        Machine machine = travelled(leaf, Machine.class);
        assertArrayEquals(leaf.beta(), machine.beta());
        assertArrayEquals(leaf.ids(), machine.ids());
        assertEquals(leaf.state(), machine.state());
        Scan scan = CascadeTasks.scan(rows, machine, training);
        Scan moved = travelled(scan, Scan.class);
        assertArrayEquals(scan.sums(), moved.sums());
        assertEquals(scan.found(), moved.found());
        Machine next = CascadeTasks.resolve(machine, List.of(moved.violators()), training, 1e-4);
        assertEquals(
                CascadeTasks.loss(rows, next, training),
                travelled(CascadeTasks.loss(rows, travelled(next, Machine.class), training), Loss.class));
    }

    @Test
    void a_kernel_of_the_users_own_travels_with_what_it_captured() {
        float power = 3;
        var training = new Training(
                new KernelFunction.Custom((x, y) -> Math.pow(1 + x[0] * y[0], power)), 1, 1e-3, 1 << 20, 1, 1);
        Training there = travelled(training, Training.class);
        Points points = Points.of(new double[][] {{2}, {0.5}}, 1);
        assertEquals(125, there.kernel().self(points, 0));
        float[] row = new float[2];
        there.kernel().row(points.point(0), points, row, new int[2]);
        assertArrayEquals(new float[] {125, 8}, row);
    }

    @Test
    void a_machine_is_taken_apart_where_it_lies() {
        Clouds data = Clouds.mixed(40, 3, 0.2, 1);
        var training = new Training(new KernelFunction.Linear(), 1, 1e-3, 1 << 20, 1, 1);
        Machine machine =
                CascadeTasks.leaf(RowTasks.rows(DenseBlock.of(data.x()), DenseBlock.of(data.y()), 0), training, 1e-3);
        assertEquals(machine.state(), codec.part(machine, 6));
    }

    @Test
    void sparse_rows_and_machines_of_them_can_travel() {
        Clouds data = Clouds.mixed(40, 30, 0.5, 5);
        for (double[] row : data.x()) {
            Arrays.fill(row, 3, 27, 0);
        }
        BlockRows rows = RowTasks.rows(CsrBlock.of(DenseBlock.of(data.x())), DenseBlock.of(data.y()), 0);
        var there = assertInstanceOf(BlockRows.class, codec.decode(codec.encode(rows)));
        var training = new Training(new KernelFunction.Rbf(0.3), 1, 1e-3, 1 << 20, 1, 1);
        Machine machine = CascadeTasks.leaf(there, training, 1e-3);
        assertInstanceOf(SparsePoints.class, machine.points());
        var back = assertInstanceOf(Machine.class, codec.decode(codec.encode(machine)));
        assertEquals(CascadeTasks.loss(rows, machine, training), CascadeTasks.loss(there, back, training));
    }

    @Test
    void what_a_regression_is_told_survives_the_journey() {
        Hills data = Hills.of(40, 3, 0.2, 4);
        BlockRows rows = AimTasks.targetRows(DenseBlock.of(data.x()), DenseBlock.of(data.y()), 3);
        BlockRows there = assertInstanceOf(BlockRows.class, codec.decode(codec.encode(rows)));
        assertArrayEquals(rows.terms().targets(), there.terms().targets());
        for (Aim aim : new Aim[] {new Aim.Classes(), new Aim.Numbers(0.1, 2), new Aim.Support(0.3)}) {
            assertEquals(aim, codec.decode(codec.encode(aim)));
        }
        Fit fit = AimTasks.spread(rows, new KernelFunction.Linear());
        assertEquals(fit, codec.decode(codec.encode(fit)));
    }

    private <T> T travelled(T value, Class<T> type) {
        return assertInstanceOf(type, codec.decode(codec.encode(value)));
    }
}
