package dev.kiln.lstm.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.lstm.worker.engine.Descent;
import dev.kiln.lstm.worker.engine.JavaEngine;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the same weights, in the same order, the engine does what PyTorch does. */
class GoldenTest {

    @Test
    void losses_are_those_of_pytorch_over_forty_epochs() {
        var start = NetworkState.untrained(Golden.SHAPE, Golden.weights(""));
        double[] expected = Golden.losses();
        try (Network network = new JavaEngine().open(Golden.SHAPE, start, new Descent(1e-3, 0))) {
            Windows windows = Golden.windows();
            assertEquals(1585, windows.count());
            for (int epoch = 0; epoch < Golden.EPOCHS; epoch++) {
                double loss = Epochs.train(network, windows, Golden.order(epoch));
                assertEquals(expected[epoch], loss, 1e-6, "epoch " + epoch);
            }
            Map<String, float[]> found = network.state().weights();
            Golden.weights("final.").forEach((name, values) -> {
                for (int i = 0; i < values.length; i++) {
                    assertEquals(values[i], found.get(name)[i], 2e-4, name + "[" + i + "]");
                }
            });
        }
    }
}
