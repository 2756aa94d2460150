package dev.kiln.lstm.worker.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One layer (S. Hochreiter, J. Schmidhuber, <i>Long short-term memory</i>, Neural Computation 9, 1997, with forget
 * gates). Weights are kept transposed, one row for each input, so that sums run along rows of 4 hidden. For one thread.
 */
final class LstmLayer {

    private final int window;
    private final int inputs;
    private final int hidden;
    private final Kernels kernels;
    final Tensor inputWeights;
    final Tensor hiddenWeights;
    final Tensor inputBias;
    final Tensor hiddenBias;
    /** Transposed again, for the way back; of the input's only where there is a layer below. */
    private final float[][] hiddenBack;

    private final float @Nullable [][] inputBack;

    // What the way back needs of the way there, for each time step.
    private Moment[] moments = {};
    private float[][][] out = {};
    /** Of the gates, on the way there; their slopes on the way back. */
    private float[][][] sums = {};

    private float[][] outSlope = {};
    private float[] cellSlope = {};
    private float[][] sumRows = {};
    private float[][] inRows = {};
    private final float[] bias;
    private float[] nothing = {};

    LstmLayer(int window, int inputs, int hidden, boolean lowest, Kernels kernels) {
        this.window = window;
        this.inputs = inputs;
        this.hidden = hidden;
        this.kernels = kernels;
        inputWeights = new Tensor(inputs, 4 * hidden);
        hiddenWeights = new Tensor(hidden, 4 * hidden);
        inputBias = new Tensor(1, 4 * hidden);
        hiddenBias = new Tensor(1, 4 * hidden);
        hiddenBack = new float[4 * hidden][hidden];
        inputBack = lowest ? null : new float[4 * hidden][inputs];
        bias = new float[4 * hidden];
    }

    /** To be called when weights have changed. */
    void refresh() {
        Tensor.transpose(hiddenWeights.values, hiddenBack);
        if (inputBack != null) {
            Tensor.transpose(inputWeights.values, inputBack);
        }
        for (int j = 0; j < bias.length; j++) {
            bias[j] = inputBias.values[0][j] + hiddenBias.values[0][j];
        }
    }

    /** Makes room for so many windows. */
    void reserve(int windows) {
        if (outSlope.length >= windows) {
            return;
        }
        moments = new Moment[window];
        Arrays.setAll(moments, t -> new Moment(windows * hidden));
        out = new float[window][windows][hidden];
        sums = new float[window][windows][4 * hidden];
        outSlope = new float[windows][hidden];
        cellSlope = new float[windows * hidden];
        nothing = new float[windows * hidden];
        sumRows = new float[window * windows][];
        inRows = new float[window * windows][];
    }

    /** The hidden states of the last {@link #forward}. */
    float[][][] out() {
        return out;
    }

    /** Hidden states {@code [time][window][unit]} for inputs {@code [time][window][input]}. */
    float[][][] forward(float[][][] x, int windows) {
        for (int t = 0; t < window; t++) {
            float[][] g = sums[t];
            for (int w = 0; w < windows; w++) {
                System.arraycopy(bias, 0, g[w], 0, bias.length);
            }
            kernels.multiply(x[t], windows, inputs, inputWeights.values, g);
            if (t > 0) {
                kernels.multiply(out[t - 1], windows, hidden, hiddenWeights.values, g);
            }
            kernels.activate(g, windows, cellsBefore(t), moments[t], out[t]);
        }
        return out;
    }

    /**
     * Writes the gradients of the weights.
     *
     * @param x as in {@link #forward}
     * @param slopes of the hidden states {@code [time][window][unit]}; null for a time where they are 0
     * @param xSlopes where to write the slopes of the inputs; null where nobody wants them
     */
    void backward(float[][][] x, float[] @Nullable [][] slopes, int windows, float @Nullable [][][] xSlopes) {
        clear(outSlope, windows);
        Arrays.fill(cellSlope, 0f);
        for (int t = window - 1; t >= 0; t--) {
            float[][] above = slopes[t];
            for (int w = 0; w < windows && above != null; w++) {
                add(above[w], outSlope[w]);
            }
            kernels.slopes(moments[t], windows, cellsBefore(t), outSlope, cellSlope, sums[t]);
            if (t > 0) {
                clear(outSlope, windows);
                kernels.multiply(sums[t], windows, 4 * hidden, hiddenBack, outSlope);
            }
            if (xSlopes != null && inputBack != null) {
                clear(xSlopes[t], windows);
                kernels.multiply(sums[t], windows, 4 * hidden, inputBack, xSlopes[t]);
            }
        }
        weights(x, windows);
    }

    private float[] cellsBefore(int t) {
        return t > 0 ? moments[t - 1].cells : nothing;
    }

    private void weights(float[][][] x, int windows) {
        inputWeights.clearGradient();
        hiddenWeights.clearGradient();
        inputBias.clearGradient();
        int rows = window * windows;
        for (int t = 0; t < window; t++) {
            System.arraycopy(sums[t], 0, sumRows, t * windows, windows);
            System.arraycopy(x[t], 0, inRows, t * windows, windows);
        }
        kernels.multiplyTransposed(inRows, rows, inputs, sumRows, inputWeights.gradient);
        for (int i = 0; i < rows; i++) {
            add(sumRows[i], inputBias.gradient[0]);
        }
        System.arraycopy(inputBias.gradient[0], 0, hiddenBias.gradient[0], 0, 4 * hidden);
        // The state before the first step is 0, so the slopes of that step say nothing of the hidden weights.
        for (int t = 1; t < window; t++) {
            System.arraycopy(sums[t], 0, sumRows, (t - 1) * windows, windows);
            System.arraycopy(out[t - 1], 0, inRows, (t - 1) * windows, windows);
        }
        kernels.multiplyTransposed(inRows, rows - windows, hidden, sumRows, hiddenWeights.gradient);
    }

    private static void add(float[] from, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += from[j];
        }
    }

    private static void clear(float[][] rows, int count) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(rows[i], 0f);
        }
    }
}
