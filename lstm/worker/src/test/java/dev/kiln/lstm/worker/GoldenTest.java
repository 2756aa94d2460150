package dev.kiln.lstm.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.lstm.worker.engine.JavaEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the same weights, in the same order, the engine does what PyTorch does. */
class GoldenTest {

    @Test
    void losses_and_weights_are_those_of_pytorch_over_forty_epochs() {
        Map<String, float[]> found = Golden.assertLosses(new JavaEngine(), Golden.EPOCHS);
        Golden.weights("final.").forEach((name, values) -> {
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i], found.get(name)[i], 1e-4, name + "[" + i + "]");
            }
        });
    }
}
