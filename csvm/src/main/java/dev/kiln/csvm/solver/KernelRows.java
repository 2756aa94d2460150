package dev.kiln.csvm.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the kernel matrix of some points, computed when first asked for and kept as long as the memory budget allows;
 * when all fit, each is computed once. The row that was not used for longest goes first. For one thread.
 */
final class KernelRows {

    private KernelMatrix matrix;
    // In floats.
    private final long capacity;
    private long used;
    private final @Nullable Row[] rows;
    private int version;
    // For each version before this one: where its rows have the values of the points there are now.
    private final List<int[]> places = new ArrayList<>();
    private final int[] scratch;
    // A list of the kept rows from the longest unused to the last used, by links; index n is its head.
    private final int[] next;
    private final int[] previous;

    /**
     * For these points.
     *
     * @param budget bytes for rows; at least two rows are kept whatever it says, because a step needs two
     */
    KernelRows(KernelMatrix matrix, long budget) {
        this.matrix = matrix;
        int n = matrix.size();
        this.capacity = budget / 4;
        this.rows = new Row[n];
        this.scratch = new int[n];
        this.next = new int[n + 1];
        this.previous = new int[n + 1];
        next[n] = n;
        previous[n] = n;
    }

    /** Row {@code i}, perhaps longer than there are points; valid until two other rows were asked for. Not to be changed. */
    float[] row(int i) {
        Row row = rows[i];
        if (row != null) {
            unlink(i);
        } else {
            row = new Row(room(), version);
            matrix.row(i, row.values, scratch);
            rows[i] = row;
        }
        append(i);
        return row.version == version ? row.values : shorten(row);
    }

    /** Whether row i is kept. */
    boolean has(int i) {
        return rows[i] != null;
    }

    /** How many rows are best asked for at once: 1 where it makes no difference, or where they would not be kept. */
    int batch() {
        return capacity >= 4L * matrix.batch() * matrix.size() ? matrix.batch() : 1;
    }

    /** Evaluates rows that are not kept, the first so many of these, all at once. */
    void fill(int[] which, int count) {
        float[][] out = new float[count][];
        for (int b = 0; b < count; b++) {
            out[b] = room();
            rows[which[b]] = new Row(out[b], version);
            append(which[b]);
        }
        matrix.rows(which, count, out, scratch);
    }

    /** Keeps these points only, in this order, which must be ascending. */
    void keep(int[] which) {
        int head = next.length - 1;
        int[] place = new int[matrix.size()];
        Arrays.fill(place, -1);
        for (int i = 0; i < which.length; i++) {
            place[which[i]] = i;
        }
        for (int[] before : places) {
            for (int i = 0; i < which.length; i++) {
                before[i] = before[which[i]];
            }
        }
        places.add(which.clone());
        version++;
        matrix = matrix.select(which);
        List<Integer> order = new ArrayList<>();
        for (int i = next[head]; i != head; i = next[i]) {
            order.add(i);
        }
        next[head] = head;
        previous[head] = head;
        Row[] moved = new Row[which.length];
        for (int i : order) {
            Row row = Objects.requireNonNull(rows[i]);
            rows[i] = null;
            if (place[i] >= 0) {
                moved[place[i]] = row;
                append(place[i]);
            } else {
                used -= row.values.length;
            }
        }
        System.arraycopy(moved, 0, rows, 0, moved.length);
    }

    /** Brings a row of more points up to date, now that it is needed: many never are. */
    private float[] shorten(Row row) {
        int[] place = places.get(row.version);
        float[] values = row.values;
        for (int t = 0; t < matrix.size(); t++) {
            values[t] = values[place[t]];
        }
        row.version = version;
        return values;
    }

    /** An array for a row: a new one while there is memory, else that of the row unused for longest. */
    private float[] room() {
        int n = matrix.size();
        int head = next.length - 1;
        while (used + n > capacity && next[head] != head && next[next[head]] != head) {
            int oldest = next[head];
            unlink(oldest);
            Row row = Objects.requireNonNull(rows[oldest]);
            rows[oldest] = null;
            if (row.values.length == n) {
                return row.values;
            }
            used -= row.values.length;
        }
        used += n;
        return new float[n];
    }

    private static final class Row {
        private final float[] values;
        /** How often {@link #keep} had been called when the values were right. */
        private int version;

        Row(float[] values, int version) {
            this.values = values;
            this.version = version;
        }
    }

    /** {@code k(x_i, x_i)} for every point. */
    float[] diagonal() {
        float[] diagonal = new float[matrix.size()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = matrix.self(i);
        }
        return diagonal;
    }

    private void unlink(int i) {
        next[previous[i]] = next[i];
        previous[next[i]] = previous[i];
    }

    private void append(int i) {
        int head = next.length - 1;
        int last = previous[head];
        next[last] = i;
        previous[i] = last;
        next[i] = head;
        previous[head] = i;
    }
}
