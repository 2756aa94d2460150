package dev.kiln.lstm.worker.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The network in Java. */
final class JavaNetwork implements Network {

    private final NetworkShape shape;
    private final Descent descent;
    private final Kernels kernels;
    private final LstmLayer[] layers;
    private final Tensor outputWeights;
    private final Tensor outputBias;
    private final List<Weight> weights = new ArrayList<>();
    private long steps;

    // Of the last layer: hidden states transposed, outputs and their slopes, slopes of the hidden states.
    private float[][] lastTransposed = {};
    private float[][] outputs = {};
    private float[][] outputSlopes = {};
    private final float[] @Nullable [][] slopes;
    private float[][][][] between = {};

    /** A matrix under its name; transposed when PyTorch's rows are this one's columns. */
    private record Weight(String name, Tensor tensor, boolean transposed) {}

    JavaNetwork(NetworkShape shape, NetworkState state, Descent descent, Kernels kernels) {
        this.shape = shape;
        this.descent = descent;
        this.kernels = kernels;
        layers = new LstmLayer[shape.layers()];
        for (int l = 0; l < layers.length; l++) {
            int inputs = l == 0 ? shape.inputs() : shape.hidden();
            layers[l] = new LstmLayer(shape.window(), inputs, shape.hidden(), l == 0, kernels);
            weights.add(new Weight("lstm.weight_ih_l" + l, layers[l].inputWeights, true));
            weights.add(new Weight("lstm.weight_hh_l" + l, layers[l].hiddenWeights, true));
            weights.add(new Weight("lstm.bias_ih_l" + l, layers[l].inputBias, false));
            weights.add(new Weight("lstm.bias_hh_l" + l, layers[l].hiddenBias, false));
        }
        outputWeights = new Tensor(shape.outputs(), shape.hidden());
        outputBias = new Tensor(1, shape.outputs());
        weights.add(new Weight("fc.weight", outputWeights, false));
        weights.add(new Weight("fc.bias", outputBias, false));
        slopes = new float[shape.window()][][];
        restore(state);
    }

    @Override
    public double train(Batch batch) {
        double loss = slope(batch);
        descend();
        return loss;
    }

    @Override
    public Gradient gradient(Batch batch) {
        double loss = slope(batch);
        List<float[]> values = weights.stream()
                .map(w -> Tensor.save(w.tensor.gradient, w.transposed))
                .toList();
        return new Gradient(batch.size(), loss, values);
    }

    @Override
    public void step(Gradient gradient) {
        for (int i = 0; i < weights.size(); i++) {
            Weight w = weights.get(i);
            Tensor.load(gradient.values().get(i), w.transposed, w.tensor.gradient);
        }
        descend();
    }

    @Override
    public void predict(Batch batch, float[][] out) {
        forward(batch);
        for (int w = 0; w < batch.size(); w++) {
            for (int o = 0; o < shape.outputs(); o++) {
                out[w][o] = outputs[o][w];
            }
        }
    }

    /** Outputs {@code [output][window]}; returns the hidden states of the last layer. */
    private float[][][] forward(Batch batch) {
        int n = batch.size();
        reserve(n);
        float[][][] x = batch.x();
        for (LstmLayer layer : layers) {
            x = layer.forward(x, n);
        }
        float[][] last = x[shape.window() - 1];
        for (int w = 0; w < n; w++) {
            for (int h = 0; h < lastTransposed.length; h++) {
                lastTransposed[h][w] = last[w][h];
            }
        }
        for (int o = 0; o < shape.outputs(); o++) {
            Arrays.fill(outputs[o], 0, n, outputBias.values[0][o]);
        }
        kernels.multiply(outputWeights.values, shape.outputs(), shape.hidden(), lastTransposed, outputs);
        return x;
    }

    /** Writes all gradients; returns the loss. */
    private double slope(Batch batch) {
        int n = batch.size();
        float[][][] top = forward(batch);
        double sum = 0;
        float factor = 2f / (n * shape.outputs());
        outputBias.clearGradient();
        for (int w = 0; w < n; w++) {
            for (int o = 0; o < shape.outputs(); o++) {
                float error = outputs[o][w] - batch.y()[w][o];
                sum += (double) error * error;
                outputSlopes[w][o] = factor * error;
                outputBias.gradient[0][o] += factor * error;
            }
        }
        int end = shape.window() - 1;
        outputWeights.clearGradient();
        kernels.multiplyTransposed(outputSlopes, n, shape.outputs(), top[end], outputWeights.gradient);
        float[][] last = between[layers.length - 1][end];
        for (int w = 0; w < n; w++) {
            Arrays.fill(last[w], 0f);
        }
        kernels.multiply(outputSlopes, n, shape.outputs(), outputWeights.values, last);
        backward(batch, last);
        return sum / ((double) n * shape.outputs());
    }

    private void backward(Batch batch, float[][] last) {
        float[] @Nullable [][] fromAbove = slopes;
        Arrays.fill(slopes, null);
        slopes[shape.window() - 1] = last;
        for (int l = layers.length - 1; l >= 0; l--) {
            float[][][] x = l == 0 ? batch.x() : layers[l - 1].out();
            float @Nullable [][][] below = l == 0 ? null : between[l - 1];
            layers[l].backward(x, fromAbove, batch.size(), below);
            if (below != null) {
                fromAbove = below;
            }
        }
    }

    private void descend() {
        if (descent.clip() > 0) {
            double squares = 0;
            for (Weight w : weights) {
                squares += w.tensor.squares();
            }
            float shrink = (float) descent.shrink(Math.sqrt(squares));
            if (shrink < 1) {
                weights.forEach(w -> w.tensor.shrinkGradient(shrink));
            }
        }
        steps++;
        float step = (float) (descent.learningRate() / (1 - Math.pow(Descent.BETA1, (double) steps)));
        float root = (float) Math.sqrt(1 - Math.pow(Descent.BETA2, (double) steps));
        for (Weight w : weights) {
            w.tensor.descend(step, root);
        }
        refresh();
    }

    private void refresh() {
        for (LstmLayer layer : layers) {
            layer.refresh();
        }
    }

    private void reserve(int n) {
        if (outputSlopes.length >= n) {
            return;
        }
        for (LstmLayer layer : layers) {
            layer.reserve(n);
        }
        lastTransposed = new float[shape.hidden()][n];
        outputs = new float[shape.outputs()][n];
        outputSlopes = new float[n][shape.outputs()];
        between = new float[layers.length][shape.window()][n][shape.hidden()];
    }

    @Override
    public NetworkState state() {
        return new NetworkState(saved(w -> w.values), saved(Tensor::first), saved(Tensor::second), steps);
    }

    private Map<String, float[]> saved(Function<Tensor, float[][]> part) {
        Map<String, float[]> all = new LinkedHashMap<>();
        weights.forEach(w -> all.put(w.name, Tensor.save(part.apply(w.tensor), w.transposed)));
        return all;
    }

    @Override
    public void restore(NetworkState state) {
        for (Weight w : weights) {
            load(state.weights(), w, w.tensor.values);
            load(state.firstMoments(), w, w.tensor.first());
            load(state.secondMoments(), w, w.tensor.second());
        }
        steps = state.steps();
        refresh();
    }

    private static void load(Map<String, float[]> from, Weight w, float[][] into) {
        float[] flat = from.get(w.name);
        if (flat == null || flat.length != w.tensor.rows * w.tensor.columns) {
            throw new IllegalArgumentException("expected " + w.tensor.rows * w.tensor.columns + " numbers of " + w.name
                    + ", found " + (flat == null ? "none" : flat.length));
        }
        Tensor.load(flat, w.transposed, into);
    }

    @Override
    public void close() {}
}
