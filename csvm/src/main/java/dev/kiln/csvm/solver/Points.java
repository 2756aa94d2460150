package dev.kiln.csvm.solver;

import java.util.List;

/**
 * Rows of features as floats, kept feature by feature: one array a feature, so that a kernel row is a few loops over
 * whole arrays, which the compiler turns into vector instructions. Immutable by contract.
 *
 * @param rows how many points
 * @param columns one array a feature, each at least {@code rows} long
 */
public record Points(int rows, float[][] columns) {

    /** Points of these rows, rounded to floats. All rows have {@code features} values. */
    public static Points of(double[][] rows, int features) {
        float[][] columns = new float[features][rows.length];
        for (int r = 0; r < rows.length; r++) {
            for (int f = 0; f < features; f++) {
                columns[f][r] = (float) rows[r][f];
            }
        }
        return new Points(rows.length, columns);
    }

    /** How many values a point has. */
    public int features() {
        return columns.length;
    }

    /** One point. */
    public float[] point(int row) {
        float[] x = new float[columns.length];
        for (int f = 0; f < x.length; f++) {
            x[f] = columns[f][row];
        }
        return x;
    }

    /** These points, in this order. */
    public Points select(int[] which) {
        float[][] chosen = new float[columns.length][which.length];
        for (int f = 0; f < chosen.length; f++) {
            for (int i = 0; i < which.length; i++) {
                chosen[f][i] = columns[f][which[i]];
            }
        }
        return new Points(which.length, chosen);
    }

    /** The points of all parts, one part after the other; at least one part, all of as many features. */
    public static Points concat(List<Points> parts) {
        int rows = parts.stream().mapToInt(Points::rows).sum();
        float[][] all = new float[parts.getFirst().features()][rows];
        for (int f = 0; f < all.length; f++) {
            int at = 0;
            for (Points part : parts) {
                System.arraycopy(part.columns[f], 0, all[f], at, part.rows);
                at += part.rows;
            }
        }
        return new Points(rows, all);
    }
}
