package dev.kiln.lstm.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.worker.PartTraining.NodeFile;
import dev.kiln.lstm.worker.PartTraining.Result;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartTrainingTest {

    private static final LstmOptions SMALL =
            LstmOptions.builder().hidden(8).epochs(3).batch(32).build();

    @Test
    void one_part_is_what_training_without_parts_is() {
        Series series = Golden.training().slice(0, 400);
        double[] losses;
        Evaluation evaluation;
        try (var forecaster = new LstmForecaster()) {
            forecaster.configure(SMALL);
            losses = forecaster.train(series, 3).losses();
            evaluation = forecaster.evaluate(Golden.test());
        }
        for (Averaging averaging : Averaging.values()) {
            Result result = on(1, 1, wf -> training(wf, SMALL).train(series, 1, averaging));
            assertArrayEquals(losses, result.losses(), 1e-15, averaging.name());
            assertEquals(evaluation, evaluate(result));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodes_and_slots_do_not_change_a_bit(Averaging averaging) {
        Series series = Golden.training().slice(0, 400);
        Result one = on(1, 1, wf -> training(wf, SMALL).train(series, 3, averaging));
        Result many = on(3, 2, wf -> training(wf, SMALL).train(series, 3, averaging));
        assertArrayEquals(one.losses(), many.losses());
        assertEquals(evaluate(one), evaluate(many));
        assertArrayEquals(ModelFile.encode(one.state()), ModelFile.encode(many.state()));
    }

    @Test
    void a_step_of_several_parts_is_nearly_a_step_of_the_whole() {
        // As many windows a step as there are: the parts' mean gradient is that of all, whatever the order.
        Series series = Golden.training().slice(0, 106);
        LstmOptions whole = SMALL.toBuilder().batch(100).build();
        Result one = on(1, 1, wf -> training(wf, whole).train(series, 1, Averaging.STEP));
        Result four = on(2, 2, wf -> training(wf, whole).train(series, 4, Averaging.STEP));
        assertArrayEquals(one.losses(), four.losses(), 1e-6);
    }

    @Test
    void epochs_of_parts_learn() {
        LstmOptions options = LstmOptions.builder().epochs(30).hidden(16).build();
        Result result = on(2, 1, wf -> training(wf, options).train(Golden.training(), 2, Averaging.EPOCH));
        double mse = evaluate(result).metrics().get("CPU").mse();
        assertTrue(mse < 11.43, "worse than persistence: " + mse);
    }

    @Test
    void federated_rounds_learn_from_files_of_several_nodes(@TempDir Path folder) throws IOException {
        LstmOptions options = LstmOptions.builder().epochs(30).hidden(16).build();
        Path first = csv(folder.resolve("first.csv"), Golden.training().slice(0, 700));
        Path second = csv(folder.resolve("second.csv"), Golden.training().slice(700, 1591));
        Function<Workflow, Result> rounds = wf -> {
            String last = wf.nodes().getLast().name();
            return training(wf, options)
                    .federated(
                            List.of(new NodeFile(wf.nodes().getFirst().name(), first), new NodeFile(last, second)),
                            List.of("CPU", "MEM"),
                            3);
        };
        Result result = on(2, 1, rounds);
        assertEquals(10, result.losses().length);
        double mse = evaluate(result).metrics().get("CPU").mse();
        assertTrue(mse < 12, "far worse than persistence: " + mse);
        assertArrayEquals(result.losses(), on(1, 1, rounds).losses());
    }

    @Test
    void a_file_that_is_not_on_its_node_fails_with_its_name() {
        TaskFailedException failed = assertThrows(
                TaskFailedException.class,
                () -> on(
                        1,
                        1,
                        wf -> training(wf, SMALL)
                                .federated(
                                        List.of(new NodeFile(
                                                wf.nodes().getFirst().name(), Path.of("nowhere.csv"))),
                                        List.of("CPU"),
                                        1)));
        assertTrue(String.valueOf(failed.getMessage()).contains("nowhere.csv: no such file"), failed::getMessage);
    }

    @Test
    void more_parts_than_windows_and_early_stopping_are_refused() {
        Series series = Golden.training().slice(0, 10);
        assertEquals(
                "expected 1 to 4 parts, as many as there are windows; found 5",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> on(1, 1, wf -> training(wf, SMALL).train(series, 5, Averaging.EPOCH)))
                        .getMessage());
        LstmOptions patient = SMALL.toBuilder().patience(2).build();
        assertThrows(
                IllegalArgumentException.class,
                () -> on(1, 1, wf -> training(wf, patient).train(series, 1, Averaging.EPOCH)));
    }

    private static PartTraining training(Workflow wf, LstmOptions options) {
        return new PartTraining(wf, options, "java", loss -> {});
    }

    private static Evaluation evaluate(Result result) {
        try (var forecaster = new LstmForecaster()) {
            forecaster.restore(result.state());
            return forecaster.evaluate(Golden.test());
        }
    }

    private static Path csv(Path file, Series series) throws IOException {
        var text = new StringBuilder("CPU,MEM\n");
        for (int i = 0; i < series.rows(); i++) {
            text.append(series.columns()[0][i])
                    .append(',')
                    .append(series.columns()[1][i])
                    .append('\n');
        }
        return Files.writeString(file, text);
    }

    private static <T> T on(int nodes, int slots, Function<Workflow, T> work) {
        try (LocalCluster cluster = LocalCluster.start(nodes, slots);
                Workflow wf = new Workflow(cluster.open(PartTrainingTest.class.getClassLoader()))) {
            return work.apply(wf);
        }
    }
}
