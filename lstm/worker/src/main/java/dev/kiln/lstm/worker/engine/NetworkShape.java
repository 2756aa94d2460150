package dev.kiln.lstm.worker.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * An LSTM whose last hidden state goes through one linear layer.
 *
 * @param window time steps
 * @param inputs values of a time step
 * @param hidden units of each layer
 * @param layers of the LSTM
 * @param outputs of the linear layer
 */
public record NetworkShape(int window, int inputs, int hidden, int layers, int outputs) {

    /**
     * A matrix of weights, or a vector as one of a single column.
     *
     * @param name as PyTorch has it
     * @param rows of the matrix
     * @param columns of the matrix
     */
    public record Parameter(String name, int rows, int columns) {

        /** How many numbers. */
        public int size() {
            return rows * columns;
        }
    }

    /** All weights, in PyTorch's order and layout: gates in the order input, forget, cell, output. */
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            all.add(new Parameter("lstm.weight_ih_l" + l, 4 * hidden, l == 0 ? inputs : hidden));
            all.add(new Parameter("lstm.weight_hh_l" + l, 4 * hidden, hidden));
            all.add(new Parameter("lstm.bias_ih_l" + l, 4 * hidden, 1));
            all.add(new Parameter("lstm.bias_hh_l" + l, 4 * hidden, 1));
        }
        all.add(new Parameter("fc.weight", outputs, hidden));
        all.add(new Parameter("fc.bias", outputs, 1));
        return List.copyOf(all);
    }

    /** How many weights there are. */
    public int size() {
        return parameters().stream().mapToInt(Parameter::size).sum();
    }
}
