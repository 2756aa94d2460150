package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.solver.DensePoints;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SparsePoints;
import java.nio.ByteBuffer;

/**
 * The support vectors in a model file. From version 2 of the format on they begin with a long: -1 if all their values
 * follow, row after row, as floats; else the number of values that are not zero, and then follow, for each row, how many
 * of these it has (int), for each of these its column (int), and for each its value (float). Version 1 has no such long,
 * and all values.
 */
final class StoredPoints {

    private static final long DENSE = -1;

    private StoredPoints() {}

    /** How many bytes they take. */
    static long length(Points points) {
        return Long.BYTES
                + switch (points) {
                    case DensePoints dense -> length(dense.rows(), dense.features(), DENSE);
                    case SparsePoints sparse -> length(sparse.rows(), sparse.features(), stored(sparse));
                };
    }

    private static long length(int rows, int features, long stored) {
        return stored == DENSE ? 4L * rows * features : 4L * rows + 8 * stored;
    }

    private static int stored(SparsePoints points) {
        return points.starts()[points.rows()] - points.starts()[0];
    }

    static void put(ByteBuffer out, Points points) {
        switch (points) {
            case DensePoints dense -> {
                out.putLong(DENSE);
                for (int i = 0; i < dense.rows(); i++) {
                    for (int f = 0; f < dense.features(); f++) {
                        out.putFloat(dense.columns()[f][i]);
                    }
                }
            }
            case SparsePoints sparse -> {
                int[] starts = sparse.starts();
                out.putLong(stored(sparse));
                for (int i = 0; i < sparse.rows(); i++) {
                    out.putInt(starts[i + 1] - starts[i]);
                }
                for (int p = starts[0]; p < starts[sparse.rows()]; p++) {
                    out.putInt(sparse.columns()[p]);
                }
                for (int p = starts[0]; p < starts[sparse.rows()]; p++) {
                    out.putFloat(sparse.values()[p]);
                }
            }
        }
    }

    /**
     * Reads them.
     *
     * @param version of the format
     * @param rest how many bytes follow them
     * @throws IllegalArgumentException when the file is not as long as they say, or they cannot be
     */
    static Points get(int version, ByteBuffer in, int rows, int features, long rest) {
        if (rows < 0 || features < 1 || (version > 1 && in.remaining() < Long.BYTES)) {
            throw new IllegalArgumentException(rows + " rows of " + features + " features");
        }
        long stored = version == 1 ? DENSE : in.getLong();
        if (stored < DENSE || length(rows, features, stored) + rest != in.remaining()) {
            throw new IllegalArgumentException(stored + " values stored, " + in.remaining() + " bytes");
        }
        return stored == DENSE ? dense(in, rows, features) : sparse(in, rows, features, Math.toIntExact(stored));
    }

    private static DensePoints dense(ByteBuffer in, int rows, int features) {
        float[][] columns = new float[features][rows];
        for (int i = 0; i < rows; i++) {
            for (int f = 0; f < features; f++) {
                columns[f][i] = in.getFloat();
            }
        }
        return new DensePoints(rows, columns);
    }

    private static SparsePoints sparse(ByteBuffer in, int rows, int features, int stored) {
        int[] starts = new int[rows + 1];
        for (int i = 0; i < rows; i++) {
            int count = in.getInt();
            if (count < 0 || count > stored - starts[i]) {
                throw new IllegalArgumentException("row " + i + " of " + count + " values");
            }
            starts[i + 1] = starts[i] + count;
        }
        int[] columns = new int[stored];
        float[] values = new float[stored];
        in.asIntBuffer().get(columns);
        in.position(in.position() + 4 * stored);
        in.asFloatBuffer().get(values);
        in.position(in.position() + 4 * stored);
        for (int column : columns) {
            if (column < 0 || column >= features) {
                throw new IllegalArgumentException("column " + column);
            }
        }
        return new SparsePoints(features, values, columns, starts);
    }
}
