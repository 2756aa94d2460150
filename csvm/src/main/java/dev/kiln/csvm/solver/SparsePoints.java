package dev.kiln.csvm.solver;

import java.util.Arrays;
import java.util.List;

/**
 * Points of which most values are zero, which are not kept: compressed rows. Row i has the values {@code starts[i]} to
 * {@code starts[i + 1]}, the last not included.
 *
 * @param features how many values a point has, zeros included
 * @param values the values
 * @param columns the feature of each value; ascending within a row, none twice
 * @param starts where each row begins, and at the end where the last one ends: one more than there are points
 */
public record SparsePoints(int features, float[] values, int[] columns, int[] starts) implements Points {

    /** Checks that the arrays fit together. */
    public SparsePoints {
        if (starts.length == 0 || starts[starts.length - 1] > Math.min(values.length, columns.length)) {
            throw new IllegalArgumentException(values.length + " values and " + columns.length
                    + " columns; expected as many as the starts of rows say");
        }
    }

    @Override
    public int rows() {
        return starts.length - 1;
    }

    @Override
    public float get(int row, int feature) {
        int at = Arrays.binarySearch(columns, starts[row], starts[row + 1], feature);
        return at < 0 ? 0 : values[at];
    }

    @Override
    public void copy(int row, float[] into) {
        Arrays.fill(into, 0);
        for (int p = starts[row]; p < starts[row + 1]; p++) {
            into[columns[p]] = values[p];
        }
    }

    @Override
    public SparsePoints select(int[] which) {
        int[] from = new int[which.length + 1];
        for (int i = 0; i < which.length; i++) {
            from[i + 1] = Math.addExact(from[i], starts[which[i] + 1] - starts[which[i]]);
        }
        float[] chosen = new float[from[which.length]];
        int[] where = new int[chosen.length];
        for (int i = 0; i < which.length; i++) {
            int count = from[i + 1] - from[i];
            System.arraycopy(values, starts[which[i]], chosen, from[i], count);
            System.arraycopy(columns, starts[which[i]], where, from[i], count);
        }
        return new SparsePoints(features, chosen, where, from);
    }

    static SparsePoints concat(List<SparsePoints> parts) {
        int rows = 0;
        int count = 0;
        for (SparsePoints part : parts) {
            rows += part.rows();
            count = Math.addExact(count, part.starts[part.rows()] - part.starts[0]);
        }
        float[] values = new float[count];
        int[] columns = new int[count];
        int[] starts = new int[rows + 1];
        int row = 0;
        int at = 0;
        for (SparsePoints part : parts) {
            int first = part.starts[0];
            int own = part.starts[part.rows()] - first;
            System.arraycopy(part.values, first, values, at, own);
            System.arraycopy(part.columns, first, columns, at, own);
            for (int i = 1; i <= part.rows(); i++) {
                starts[++row] = at + part.starts[i] - first;
            }
            at += own;
        }
        return new SparsePoints(parts.getFirst().features(), values, columns, starts);
    }

    /** The same points without their zeros. */
    static SparsePoints of(Points points) {
        if (points instanceof SparsePoints sparse) {
            return sparse;
        }
        int[] starts = new int[points.rows() + 1];
        for (int i = 0; i < points.rows(); i++) {
            int count = 0;
            for (int f = 0; f < points.features(); f++) {
                count += points.get(i, f) != 0 ? 1 : 0;
            }
            starts[i + 1] = Math.addExact(starts[i], count);
        }
        float[] values = new float[starts[points.rows()]];
        int[] columns = new int[values.length];
        int at = 0;
        for (int i = 0; i < points.rows(); i++) {
            for (int f = 0; f < points.features(); f++) {
                if (points.get(i, f) != 0) {
                    values[at] = points.get(i, f);
                    columns[at++] = f;
                }
            }
        }
        return new SparsePoints(points.features(), values, columns, starts);
    }

    /**
     * The dot product of point i with x, in doubles, where products of floats are exact. Zeros add nothing, so the value
     * for two points does not depend on which of them x is.
     */
    double dot(int i, float[] x) {
        double sum = 0;
        for (int p = starts[i]; p < starts[i + 1]; p++) {
            sum += (double) values[p] * x[columns[p]];
        }
        return sum;
    }

    /**
     * The squared distance of each point from x, by {@code |x|^2 + |y|^2 - 2 x.y} in doubles: exactly 0 for equal points,
     * as all three sums are then the same, and as good as differences of floats unless points lie much further from zero
     * than from each other.
     */
    void squaredDistances(float[] x, int from, int to, float[] out) {
        double norm = 0;
        for (float value : x) {
            if (value != 0) {
                norm += (double) value * value;
            }
        }
        for (int i = from; i < to; i++) {
            double dot = 0;
            double own = 0;
            for (int p = starts[i]; p < starts[i + 1]; p++) {
                double value = values[p];
                dot += value * x[columns[p]];
                own += value * value;
            }
            out[i] = (float) Math.max(0, (norm + own) - 2 * dot);
        }
    }

    /** The dot product of point i with itself. */
    double own(int i) {
        double sum = 0;
        for (int p = starts[i]; p < starts[i + 1]; p++) {
            sum += (double) values[p] * values[p];
        }
        return sum;
    }
}
