package dev.kiln.lstm.worker;

import dev.kiln.lstm.worker.engine.Batch;

/**
 * The windows of a scaled series, and what follows each: window i is rows i to i + window - 1, and the horizon's rows
 * come after. Rows are shared, not copied. Not thread-safe: {@link #batch} reuses its arrays.
 */
final class Windows {

    private final float[][] rows;
    private final int window;
    private final int horizon;
    private final float[][][] x;
    private final float[][] y;

    /** With room for batches of so many windows. */
    Windows(float[][] rows, int window, int horizon, int batch) {
        this.rows = rows;
        this.window = window;
        this.horizon = horizon;
        x = new float[window][batch][];
        y = new float[batch][];
    }

    /** How many windows have all of their horizon; not below 0. */
    static int count(int rows, int window, int horizon) {
        return Math.max(0, rows - window - horizon + 1);
    }

    int count() {
        return count(rows.length, window, horizon);
    }

    int capacity() {
        return y.length;
    }

    /** The windows {@code order[from]} to {@code order[to - 1]}; valid until the next call. */
    Batch batch(int[] order, int from, int to) {
        for (int w = from; w < to; w++) {
            int start = order[w];
            for (int t = 0; t < window; t++) {
                x[t][w - from] = rows[start + t];
            }
            y[w - from] = next(start + window);
        }
        return new Batch(to - from, x, y);
    }

    private float[] next(int first) {
        if (horizon == 1) {
            return rows[first];
        }
        int variables = rows[first].length;
        float[] all = new float[horizon * variables];
        for (int h = 0; h < horizon; h++) {
            System.arraycopy(rows[first + h], 0, all, h * variables, variables);
        }
        return all;
    }

    /** One window alone, of the rows from this one, without what follows. */
    Batch single(int start) {
        for (int t = 0; t < window; t++) {
            x[t][0] = rows[start + t];
        }
        return new Batch(1, x, y);
    }
}
