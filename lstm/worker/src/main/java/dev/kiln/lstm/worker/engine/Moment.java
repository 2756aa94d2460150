package dev.kiln.lstm.worker.engine;

/** What the way back needs of one time step, for all windows one after another: {@code [window * hidden + unit]}. */
final class Moment {

    final float[] input;
    final float[] forget;
    final float[] cell;
    final float[] output;
    /** The cells after the step. */
    final float[] cells;
    /** tanh of the cells. */
    final float[] squashed;

    Moment(int size) {
        input = new float[size];
        forget = new float[size];
        cell = new float[size];
        output = new float[size];
        cells = new float[size];
        squashed = new float[size];
    }
}
