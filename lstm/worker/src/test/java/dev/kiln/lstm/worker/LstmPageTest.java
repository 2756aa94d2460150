package dev.kiln.lstm.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.Forecast;
import dev.kiln.lstm.Forecaster;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.SeriesCsv;
import dev.kiln.tasks.testing.DocSnippets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/lstm.md shows is run here. */
class LstmPageTest {

    @Test
    void the_page_shows_what_is_run_here() {
        assertEquals(
                List.of(),
                DocSnippets.problems(
                        "docs/lstm.md",
                        "lstm/worker/src/test/java/dev/kiln/lstm/worker/LstmPageTest.java",
                        "lstm/worker/src/test/java/dev/kiln/lstm/worker/ActiveForecasterTest.java"));
    }

    @Test
    void the_snippets_train_and_forecast() {
        Path file = Path.of("../../examples/data/node_3_utilisation.csv");
        // snippet: train
        Series series = SeriesCsv.read(file, List.of("CPU", "MEM"));
        Forecaster forecaster = new LstmForecaster();
        forecaster.configure(LstmOptions.builder().epochs(20).seed(42).build());
        forecaster.train(series.slice(0, 1591), 20);
        Evaluation evaluation = forecaster.evaluate(series.slice(1591, 1989));
        double mse = evaluation.metrics().get("CPU").mse();
        Forecast next = forecaster.forecast(series, 12);
        // end
        assertTrue(mse < 11);
        assertEquals(12, next.steps());
        assertEquals(392, evaluation.forecasts());
        assertEquals(11.43, evaluation.persistence().get("CPU").mse(), 0.005);
        assertEquals(0.459, evaluation.persistence().get("MEM").mse(), 0.0005);
    }
}
