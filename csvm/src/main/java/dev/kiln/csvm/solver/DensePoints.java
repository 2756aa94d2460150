package dev.kiln.csvm.solver;

import java.util.List;

/**
 * Points with all their values, kept feature by feature: one array a feature, so that a kernel row is a few loops over
 * whole arrays, which the compiler turns into vector instructions.
 *
 * @param rows how many points
 * @param columns one array a feature, each at least {@code rows} long
 */
public record DensePoints(int rows, float[][] columns) implements Points {

    @Override
    public int features() {
        return columns.length;
    }

    @Override
    public float get(int row, int feature) {
        return columns[feature][row];
    }

    @Override
    public void copy(int row, float[] into) {
        for (int f = 0; f < columns.length; f++) {
            into[f] = columns[f][row];
        }
    }

    @Override
    public DensePoints select(int[] which) {
        float[][] chosen = new float[columns.length][which.length];
        for (int f = 0; f < chosen.length; f++) {
            for (int i = 0; i < which.length; i++) {
                chosen[f][i] = columns[f][which[i]];
            }
        }
        return new DensePoints(which.length, chosen);
    }

    static DensePoints concat(List<DensePoints> parts) {
        int rows = parts.stream().mapToInt(DensePoints::rows).sum();
        float[][] all = new float[parts.getFirst().features()][rows];
        for (int f = 0; f < all.length; f++) {
            int at = 0;
            for (DensePoints part : parts) {
                System.arraycopy(part.columns[f], 0, all[f], at, part.rows);
                at += part.rows;
            }
        }
        return new DensePoints(rows, all);
    }
}
