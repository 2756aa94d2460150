package dev.kiln.csvm.internal.multi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.FiveClasses;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.csvm.internal.model.Sigmoid;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tasks hand on can go to another JVM and means the same there. */
class MultiTravelTest {

    private final ValueCodec codec = new ValueCodec(MultiTravelTest.class.getClassLoader());

    @Test
    void every_value_of_many_classes_survives_the_journey() {
        FiveClasses data = FiveClasses.load().first(60);
        Block x = DenseBlock.of(data.train());
        double[][] labels = new double[60][1];
        for (int i = 0; i < 60; i++) {
            labels[i][0] = data.trainLabels()[i];
        }
        double[] classes = {0, 1, 2, 3, 4};
        ClassRows rows = travelled(ClassRows.of(x, DenseBlock.of(labels), RowTerms.ONE, 7, classes), ClassRows.class);
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
            var options = CascadeSvmOptions.builder().build();
            MultiData model = new MultiTraining(options, data.trainX(wf, 20), true, Placer.affinity())
                    .run(data.trainY(wf, 20), null, MultiClass.OVO, round -> {});
            MultiData there = travelled(model, MultiData.class);
            assertArrayEquals(codec.encode(model), codec.encode(there));
            assertArrayEquals(MultiPrediction.decisions(x, model, 0)[5], MultiPrediction.decisions(x, there, 0)[5]);
        }
    }

    private <T> T travelled(T value, Class<T> type) {
        return assertInstanceOf(type, codec.decode(codec.encode(value)));
    }
}
