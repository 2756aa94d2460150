package dev.kiln.csvm.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the kernel matrix of some points, computed when first asked for and kept as long as the memory budget allows;
 * when all fit, each is computed once. The row that was not used for longest goes first. For one thread.
 */
final class KernelRows {

    private final KernelFunction kernel;
    private Points points;
    private int capacity;
    private final long budget;
    private final float[] @Nullable [] rows;
    private final int[] scratch;
    // A list of the kept rows from the longest unused to the last used, by links; index n is its head.
    private final int[] next;
    private final int[] previous;
    private int kept;

    /**
     * For these points.
     *
     * @param budget bytes for rows; at least two rows are kept whatever it says, because a step needs two
     */
    KernelRows(KernelFunction kernel, Points points, long budget) {
        this.kernel = kernel;
        this.points = points;
        int n = points.rows();
        this.budget = budget;
        this.capacity = Math.clamp(budget / Math.max(1, 4L * n), 2, Math.max(2, n));
        this.rows = new float[n][];
        this.scratch = new int[n];
        this.next = new int[n + 1];
        this.previous = new int[n + 1];
        next[n] = n;
        previous[n] = n;
    }

    /** Row {@code i}; valid until two other rows were asked for. Not to be changed. */
    float[] row(int i) {
        float[] row = rows[i];
        if (row != null) {
            unlink(i);
        } else {
            row = kept < capacity ? new float[points.rows()] : evict();
            kernel.row(points.point(i), points, row, scratch);
            rows[i] = row;
            kept++;
        }
        append(i);
        return row;
    }

    /** Keeps these points only, in this order, which must be ascending; their rows that are kept become shorter. */
    void keep(int[] which) {
        int head = previous.length - 1;
        int[] place = new int[points.rows()];
        Arrays.fill(place, -1);
        for (int i = 0; i < which.length; i++) {
            place[which[i]] = i;
        }
        List<Shortened> shortened = new ArrayList<>(kept);
        for (int i = next[head]; i != head; i = next[i]) {
            float[] row = rows[i];
            rows[i] = null;
            if (row != null && place[i] >= 0) {
                float[] shorter = new float[which.length];
                for (int t = 0; t < which.length; t++) {
                    shorter[t] = row[which[t]];
                }
                shortened.add(new Shortened(place[i], shorter));
            }
        }
        points = points.select(which);
        capacity = Math.clamp(budget / Math.max(1, 4L * which.length), 2, Math.max(2, which.length));
        next[head] = head;
        previous[head] = head;
        kept = shortened.size();
        for (Shortened s : shortened) {
            rows[s.place] = s.row;
            append(s.place);
        }
    }

    private record Shortened(int place, float[] row) {}

    /** {@code k(x_i, x_i)} for every point. */
    float[] diagonal() {
        float[] diagonal = new float[points.rows()];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = kernel.self(points, i);
        }
        return diagonal;
    }

    private float[] evict() {
        int oldest = next[next.length - 1];
        unlink(oldest);
        float[] row = rows[oldest];
        rows[oldest] = null;
        kept--;
        return row == null ? new float[points.rows()] : row;
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
