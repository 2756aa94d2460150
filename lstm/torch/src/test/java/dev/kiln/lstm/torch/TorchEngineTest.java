package dev.kiln.lstm.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.ForecasterState;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.worker.Golden;
import dev.kiln.lstm.worker.LstmForecaster;
import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.lstm.worker.engine.JavaEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The torch engine against the one in Java and against PyTorch; needs the native libraries, {@code -Ptorch}. */
class TorchEngineTest {

    @BeforeAll
    static void skip_without_the_native_libraries() {
        assumeTrue(
                TorchEngineTest.class.getResource("/org/bytedeco/pytorch/linux-x86_64") != null,
                "no native libraries on the class path: -Ptorch brings them");
    }

    @Test
    void losses_are_those_of_pytorch() {
        Golden.assertLosses(new TorchEngine(), 20);
    }

    @Test
    void both_engines_train_the_same_network() {
        LstmOptions options = LstmOptions.builder()
                .layers(2)
                .hidden(16)
                .horizon(2)
                .clip(0.5)
                .patience(3)
                .validation(0.2)
                .epochs(3)
                .build();
        Evaluation java = evaluate(new JavaEngine(), options);
        Evaluation torch = evaluate(new TorchEngine(), options);
        assertEquals(java.metrics().get("CPU").mse(), torch.metrics().get("CPU").mse(), 1e-3);
        assertEquals(java.metrics().get("MEM").mse(), torch.metrics().get("MEM").mse(), 1e-3);
    }

    private static Evaluation evaluate(Engine engine, LstmOptions options) {
        try (var forecaster = new LstmForecaster(engine)) {
            forecaster.configure(options);
            forecaster.train(Golden.training(), options.epochs());
            return forecaster.evaluate(Golden.test());
        }
    }

    @Test
    void a_state_moves_between_the_engines_and_repeats_are_bit_for_bit() {
        LstmOptions options = LstmOptions.builder().hidden(8).build();
        Series series = Golden.training().slice(0, 300);
        try (var one = new LstmForecaster(new TorchEngine());
                var other = new LstmForecaster(new TorchEngine());
                var java = new LstmForecaster(new JavaEngine())) {
            one.configure(options);
            one.train(series, 2);
            ForecasterState half = one.state();
            double[] rest = one.train(series, 2).losses();
            other.restore(half);
            assertArrayEquals(rest, other.train(series, 2).losses());
            java.restore(half);
            assertArrayEquals(rest, java.train(series, 2).losses(), 1e-6);
        }
    }
}
