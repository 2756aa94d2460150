package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.Arrays;
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
                CascadeTasks.leaf(BlockRows.of(DenseBlock.of(data.x()), DenseBlock.of(data.y()), 0), training, 1e-3);
        assertEquals(machine.state(), codec.part(machine, 6));
    }

    @Test
    void every_value_of_many_classes_survives_the_journey() {
        FiveClasses data = FiveClasses.load().first(60);
        Block x = DenseBlock.of(data.train());
        double[][] labels = new double[60][1];
        for (int i = 0; i < 60; i++) {
            labels[i][0] = data.trainLabels()[i];
        }
        double[] classes = {0, 1, 2, 3, 4};
        ClassRows rows = travelled(ClassRows.of(x, DenseBlock.of(labels), Weights.ONE, 7, classes), ClassRows.class);
        Contest contest = travelled(Contest.of(MultiClass.OVO, 5), Contest.class);
        var training = new Training(new KernelFunction.Rbf(0.1), 1, 1e-3, 1 << 20, 1, 1);
        ClassRows fold = MachineTasks.inFold(rows, travelled(new Fold(2, false, 1), Fold.class));
        Machines leaf = MachineTasks.leaf(fold, contest, training, 1e-3, false);
        Machines machines = MachineTasks.merge(List.of(travelled(leaf, Machines.class)), contest, training, 1e-3, true);
        MachineScan scan = travelled(
                MachineTasks.scan(rows, travelled(machines, Machines.class), contest, training), MachineScan.class);
        assertEquals(
                10,
                travelled(MachineTasks.loss(rows, scan.sums(), machines, contest, training), MachineTasks.Losses.class)
                        .machines()
                        .size());
        double[] exact = new double[10];
        Arrays.fill(exact, 1e-4);
        Machines next = MachineTasks.resolve(machines, List.of(scan.candidates()), exact, contest, training);
        List<MultiTasks.Held> held = MultiTasks.held(rows, next, contest, training.kernel());
        Sigmoid sigmoid = MultiTasks.sigmoids(List.of(held)).getFirst();
        assertEquals(sigmoid, travelled(sigmoid, Sigmoid.class));
        assertEquals(
                held.getFirst().labels().length,
                travelled(held.getFirst(), MultiTasks.Held.class).labels().length);
        try (Workflow wf = InlineBackend.workflow()) {
            MultiData model = new MultiClassSvm(CascadeSvmOptions.builder().build(), MultiClass.OVO)
                    .withProbability()
                    .fit(data.trainX(wf, 20), data.trainY(wf, 20))
                    .data();
            MultiData there = travelled(model, MultiData.class);
            assertArrayEquals(MultiFile.encode(model), MultiFile.encode(there));
            assertArrayEquals(MultiPrediction.decisions(x, model, 0)[5], MultiPrediction.decisions(x, there, 0)[5]);
        }
    }

    private <T> T travelled(T value, Class<T> type) {
        return assertInstanceOf(type, codec.decode(codec.encode(value)));
    }
}
