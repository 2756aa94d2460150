package dev.kiln.lstm.worker;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.lstm.Evaluation;
import dev.kiln.lstm.Forecast;
import dev.kiln.lstm.Forecaster;
import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.TrainingProgress;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.ActiveObject;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import org.junit.jupiter.api.Test;

/** A forecaster that lives in the cluster. */
class ActiveForecasterTest {

    private static final LstmOptions OPTIONS =
            LstmOptions.builder().hidden(8).patience(2).build();

    @Test
    void training_over_there_is_training_here() {
        Series series = Golden.training().slice(0, 400);
        double[] losses;
        Evaluation here;
        try (var forecaster = new LstmForecaster()) {
            forecaster.configure(OPTIONS);
            losses = forecaster.train(series, 4).losses();
            here = forecaster.evaluate(Golden.test());
        }
        try (LocalCluster cluster = LocalCluster.start(2, 1);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            String home = wf.nodes().getFirst().name();
            String other = wf.nodes().getLast().name();
            // snippet: active
            ActiveObject<Forecaster> pump =
                    wf.object(Forecaster.class).as("pump-7").on(node(home)).create("java");
            pump.stub().configure(OPTIONS);
            Ref<TrainingProgress> progress =
                    pump.update(Forecaster::train).submit(value(series), value(2)); // asynchronous
            pump.move(other); // as it is after the training
            TrainingProgress rest = pump.stub().train(series, 2); // this call waits
            Ref<Forecast> next = pump.task(Forecaster::forecast).submit(value(series), value(12));
            // end
            assertArrayEquals(losses, new double[] {
                progress.get().losses()[0], progress.get().losses()[1], rest.losses()[0], rest.losses()[1]
            });
            assertEquals(here, pump.stub().evaluate(Golden.test()));
            assertEquals(12, next.get().steps());
        }
    }

    @Test
    void what_is_wrong_comes_back_as_it_was_thrown() {
        try (LocalCluster cluster = LocalCluster.start(1);
                Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            Forecaster forecaster = wf.object(Forecaster.class).create().stub();
            String message = assertThrows(IllegalStateException.class, () -> forecaster.forecast(Golden.test(), 3))
                    .getMessage();
            assertTrue(message.contains("call configure or restore first"), message);
        }
    }

    @Test
    void a_forecaster_travels_with_how_long_it_has_not_got_better() {
        Series series = Golden.training().slice(0, 100);
        LstmOptions hopeless = OPTIONS.toBuilder().learningRate(10).patience(3).build();
        var codec = new ValueCodec(getClass().getClassLoader());
        try (var stays = new LstmForecaster()) {
            stays.configure(hopeless);
            stays.train(series, 2);
            var moved = (LstmForecaster) codec.decode(codec.encode(stays));
            TrainingProgress expected = stays.train(series, 50);
            TrainingProgress found = moved.train(series, 50);
            assertTrue(expected.stoppedEarly());
            assertArrayEquals(expected.losses(), found.losses());
            assertEquals(stays.evaluate(Golden.test()), moved.evaluate(Golden.test()));
        }
    }
}
