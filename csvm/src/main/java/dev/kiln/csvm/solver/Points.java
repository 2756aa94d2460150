package dev.kiln.csvm.solver;

import java.util.List;

/**
 * Rows of features as floats: {@link DensePoints} or {@link SparsePoints}. Kernels give the same values for both but for
 * the last bits. Immutable by contract.
 */
public sealed interface Points permits DensePoints, SparsePoints {

    /** How many points there are. */
    int rows();

    /** How many values a point has, zeros included. */
    int features();

    /** One value of a point. */
    float get(int row, int feature);

    /** Writes all values of a point, zeros included, to an array as long as there are features. */
    void copy(int row, float[] into);

    /** These points, in this order. */
    Points select(int[] which);

    /** All values of a point, zeros included. */
    default float[] point(int row) {
        float[] x = new float[features()];
        copy(row, x);
        return x;
    }

    /** Points of these rows, rounded to floats. All rows have {@code features} values. */
    static Points of(double[][] rows, int features) {
        float[][] columns = new float[features][rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int f = 0; f < features; f++) {
                columns[f][r] = (float) rows[r][f];
            }
        }
        return new DensePoints(rows.length, columns);
    }

    /** The points of all parts, one part after the other; at least one part, all of as many features. */
    static Points concat(List<Points> parts) {
        if (parts.stream().allMatch(DensePoints.class::isInstance)) {
            return DensePoints.concat(
                    parts.stream().map(DensePoints.class::cast).toList());
        }
        return SparsePoints.concat(parts.stream().map(SparsePoints::of).toList());
    }
}
