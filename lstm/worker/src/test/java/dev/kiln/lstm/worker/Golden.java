package dev.kiln.lstm.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.lstm.LstmOptions;
import dev.kiln.lstm.Series;
import dev.kiln.lstm.worker.engine.Descent;
import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkShape;
import dev.kiln.lstm.worker.engine.NetworkState;
import dev.kiln.tasks.testing.DocSnippets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run of PyTorch on the bundled series: weights before and after 40 epochs, the order of windows, the losses. */
public final class Golden {

    public static final int EPOCHS = 40;
    /** The paper's network. */
    public static final LstmOptions OPTIONS = LstmOptions.builder().build();

    public static final NetworkShape SHAPE = LstmForecaster.shape(OPTIONS, 2);

    private Golden() {}

    /** The bundled series, read by the simplest means. */
    public static Series series() {
        try {
            List<String> lines = Files.readAllLines(DocSnippets.inRepository("examples/data/node_3_utilisation.csv"));
            double[][] columns = new double[2][lines.size() - 1];
            for (int i = 1; i < lines.size(); i++) {
                String[] cells = lines.get(i).split(",");
                columns[0][i - 1] = Double.parseDouble(cells[1]);
                columns[1][i - 1] = Double.parseDouble(cells[2]);
            }
            return new Series(List.of("CPU", "MEM"), columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first 80 %. */
    public static Series training() {
        Series all = series();
        return all.slice(0, (int) (0.8 * all.rows()));
    }

    /** The rest. */
    public static Series test() {
        Series all = series();
        return all.slice((int) (0.8 * all.rows()), all.rows());
    }

    /** The windows of the training rows, scaled. */
    static Windows windows() {
        Series training = training();
        return new Windows(Scaling.fit(training).apply(training), OPTIONS.window(), 1, OPTIONS.batch());
    }

    public static Map<String, float[]> weights(String prefix) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (NetworkShape.Parameter p : SHAPE.parameters()) {
            ByteBuffer bytes = bytes(prefix + p.name() + ".f32");
            float[] values = new float[p.size()];
            bytes.asFloatBuffer().get(values);
            weights.put(p.name(), values);
        }
        return weights;
    }

    public static double[] losses() {
        double[] losses = new double[EPOCHS];
        bytes("losses.f64").asDoubleBuffer().get(losses);
        return losses;
    }

    /** The order of windows in an epoch. */
    public static int[] order(int epoch) {
        int[] all = new int[bytes("perms.i32").remaining() / 4];
        bytes("perms.i32").asIntBuffer().get(all);
        int count = all.length / EPOCHS;
        return Arrays.copyOfRange(all, epoch * count, (epoch + 1) * count);
    }

    /** From PyTorch's weights, in its order, the engine's losses are PyTorch's; returns the weights then. */
    public static Map<String, float[]> assertLosses(Engine engine, int epochs) {
        var start = NetworkState.untrained(SHAPE, weights(""));
        double[] expected = losses();
        try (Network network = engine.open(SHAPE, start, new Descent(1e-3, 0))) {
            Windows windows = windows();
            assertEquals(1585, windows.count());
            for (int epoch = 0; epoch < epochs; epoch++) {
                assertEquals(expected[epoch], Epochs.train(network, windows, order(epoch)), 1e-6, "epoch " + epoch);
            }
            return network.state().weights();
        }
    }

    private static ByteBuffer bytes(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource /golden/" + name);
            }
            return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
