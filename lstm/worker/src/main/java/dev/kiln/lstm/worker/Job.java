package dev.kiln.lstm.worker;

import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.worker.engine.Descent;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkShape;
import dev.kiln.lstm.worker.engine.NetworkState;

/**
 * What every task of a training by parts is told.
 *
 * @param options of the network
 * @param variables of the series
 * @param engine that computes, by its name
 * @param batch windows that one part adds to a step
 */
record Job(LstmOptions options, int variables, String engine, int batch) {

    NetworkShape shape() {
        return LstmForecaster.shape(options, variables);
    }

    Network open(NetworkState state) {
        return Engines.named(engine).open(shape(), state, new Descent(options.learningRate(), options.clip()));
    }

    Windows windows(ScaledRows rows) {
        return new Windows(rows.rows(), options.window(), options.horizon(), batch);
    }

    /** The order of a part's windows in an epoch. The first part's is that of a training without parts. */
    int[] order(int windows, int part, int epoch) {
        return Shuffle.order(windows, options.seed() + part * 0x5851F42D4C957F2DL, epoch);
    }
}
