package dev.kiln.lstm.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.lstm.Forecast;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.TrainingProgress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LstmForecasterTest {

    private static final LstmOptions SMALL = LstmOptions.builder().hidden(8).build();
    private final LstmForecaster forecaster = new LstmForecaster();

    @Test
    void training_in_pieces_is_training_at_once() {
        Series series = Golden.training().slice(0, 300);
        forecaster.configure(SMALL);
        double[] whole = forecaster.train(series, 4).losses();
        forecaster.configure(SMALL);
        assertEquals(1, forecaster.train(series, 1).epochs());
        TrainingProgress rest = forecaster.train(series, 3);
        assertEquals(4, rest.epochs());
        assertArrayEquals(new double[] {whole[1], whole[2], whole[3]}, rest.losses());
    }

    @Test
    void a_wave_is_learned_and_goes_on() {
        double[] wave = new double[600];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = 100 + 20 * Math.sin(i / 4.0);
        }
        var series = new Series(List.of("wave"), new double[][] {wave});
        forecaster.configure(LstmOptions.builder()
                .hidden(16)
                .window(12)
                .horizon(4)
                .learningRate(5e-3)
                .build());
        forecaster.train(series.slice(0, 500), 60);
        Forecast forecast = forecaster.forecast(series.slice(0, 500), 30);
        for (int s = 0; s < forecast.steps(); s++) {
            assertEquals(wave[500 + s], forecast.columns()[0][s], 4, "step " + s);
        }
    }

    @Test
    void training_stops_when_the_rows_held_back_get_no_better_and_keeps_the_best() {
        forecaster.configure(
                SMALL.toBuilder().patience(3).validation(0.2).learningRate(0.05).build());
        TrainingProgress progress = forecaster.train(Golden.training().slice(0, 300), 1000);
        assertTrue(progress.stoppedEarly());
        assertTrue(progress.epochs() < 1000);
        TrainingProgress more = forecaster.train(Golden.training().slice(0, 300), 1000);
        assertTrue(more.stoppedEarly());
        assertEquals(0, more.losses().length);
    }

    @Test
    void a_short_limit_of_gradients_slows_nothing_down_for_adam_but_changes_the_way() {
        Series series = Golden.training().slice(0, 300);
        forecaster.configure(SMALL);
        double free = forecaster.train(series, 5).loss();
        forecaster.configure(SMALL.toBuilder().clip(1e6).build());
        assertEquals(free, forecaster.train(series, 5).loss());
        forecaster.configure(SMALL.toBuilder().clip(1e-3).build());
        assertFalse(free == forecaster.train(series, 5).loss());
    }

    @Test
    void a_model_file_goes_on_bit_for_bit(@TempDir Path folder) {
        Series series = Golden.training().slice(0, 300);
        forecaster.configure(SMALL.toBuilder().layers(2).horizon(2).build());
        forecaster.train(series, 2);
        Path file = folder.resolve("m.lstm");
        ModelFile.write(file, forecaster.state());
        double[] expected = forecaster.train(series, 2).losses();
        try (var other = new LstmForecaster()) {
            other.restore(ModelFile.read(file));
            assertArrayEquals(expected, other.train(series, 2).losses());
        }
    }

    @Test
    void a_variable_that_never_changes_is_no_harm() {
        double[] flat = new double[50];
        var series = new Series(List.of("flat"), new double[][] {flat});
        forecaster.configure(SMALL);
        forecaster.train(series, 2);
        assertTrue(Double.isFinite(forecaster.forecast(series, 3).columns()[0][2]));
        assertEquals(0, forecaster.evaluate(series).persistence().get("flat").smape());
    }

    @Test
    void what_cannot_be_is_said() {
        assertThrows(IllegalStateException.class, () -> forecaster.train(Golden.test(), 1));
        forecaster.configure(SMALL);
        assertThrows(IllegalStateException.class, () -> forecaster.evaluate(Golden.test()));
        assertEquals(
                "expected at least 7 rows, for a window of 6 and a horizon of 1; found 6",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> forecaster.train(Golden.test().slice(0, 6), 1))
                        .getMessage());
        forecaster.train(Golden.test(), 1);
        var other = new Series(List.of("x"), new double[][] {new double[20]});
        assertEquals(
                "expected the variables CPU, MEM; found x",
                assertThrows(IllegalArgumentException.class, () -> forecaster.evaluate(other))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Series(List.of("x"), new double[][] {{1, Double.NaN}}));
        assertThrows(
                IllegalArgumentException.class,
                () -> LstmOptions.builder().hidden(0).build());
    }
}
