package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.runtime.codec.ValueCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tasks hand on can go to another JVM and means the same there. */
class TravelTest {

    private final ValueCodec codec = new ValueCodec(TravelTest.class.getClassLoader());

    @Test
    void every_value_of_a_training_survives_the_journey() {
        Clouds data = Clouds.mixed(40, 3, 0.2, 1);
        Block x = DenseBlock.of(data.x());
        Block y = DenseBlock.of(data.y());
        var training = travelled(new Training(new KernelFunction.Rbf(0.3), 1, 1e-3, 1 << 20, 1, 1), Training.class);
        BlockRows rows = travelled(BlockRows.of(x, y, 7), BlockRows.class);
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
    void a_machine_is_taken_apart_where_it_lies() {
        Clouds data = Clouds.mixed(40, 3, 0.2, 1);
        var training = new Training(new KernelFunction.Linear(), 1, 1e-3, 1 << 20, 1, 1);
        Machine machine =
                CascadeTasks.leaf(BlockRows.of(DenseBlock.of(data.x()), DenseBlock.of(data.y()), 0), training, 1e-3);
        assertEquals(machine.state(), codec.part(machine, 5));
    }

    private <T> T travelled(T value, Class<T> type) {
        return assertInstanceOf(type, codec.decode(codec.encode(value)));
    }
}
