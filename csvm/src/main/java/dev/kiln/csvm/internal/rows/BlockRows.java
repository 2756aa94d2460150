package dev.kiln.csvm.internal.rows;

import dev.kiln.csvm.solver.DensePoints;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SparsePoints;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import java.util.stream.LongStream;

/**
 * The rows of one block as the kernel wants them. Made and kept where the block is.
 *
 * @param points the rows as floats
 * @param labels +1 or -1
 * @param terms what they weigh, and their targets
 * @param firstRow the number of the first row in the whole array; row i has the id {@code firstRow + i}
 */
public record BlockRows(Points points, byte[] labels, RowTerms terms, long firstRow) {

    /** Rows that all weigh 1. */
    BlockRows(Points points, byte[] labels, long firstRow) {
        this(points, labels, RowTerms.ONE, firstRow);
    }

    static BlockRows of(Block x, Block y, long firstRow) {
        return new BlockRows(points(x, firstRow), Signs.of(y, firstRow), firstRow);
    }

    public static Points points(Block x, long firstRow) {
        return switch (x) {
            case DenseBlock dense -> points(dense, firstRow);
            case CsrBlock sparse -> points(sparse, firstRow);
        };
    }

    private static SparsePoints points(CsrBlock x, long firstRow) {
        float[] values = new float[x.stored()];
        for (int i = 0; i < x.rows(); i++) {
            for (int p = x.starts()[i]; p < x.starts()[i + 1]; p++) {
                values[p] = finite(x.values()[p], firstRow + i, x.indices()[p]);
            }
        }
        return new SparsePoints(x.columns(), values, x.indices(), x.starts());
    }

    private static DensePoints points(DenseBlock x, long firstRow) {
        float[][] columns = new float[x.columns()][x.rows()];
        double[] row = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            x.copyRow(i, row, 0);
            for (int f = 0; f < row.length; f++) {
                columns[f][i] = finite(row[f], firstRow + i, f);
            }
        }
        return new DensePoints(x.rows(), columns);
    }

    /**
     * A value as a float.
     *
     * @throws IllegalArgumentException when it is none, or infinite
     */
    public static float finite(double value, long row, int column) {
        float rounded = (float) value;
        if (!Float.isFinite(rounded)) {
            throw new IllegalArgumentException("row " + row + ", column " + column + " (counted from 0) is " + value
                    + "; expected a finite number of at most 3.4e38");
        }
        return rounded;
    }

    /** The numbers of its rows in the whole array. */
    public long[] ids() {
        return LongStream.range(firstRow, firstRow + labels.length).toArray();
    }

    /** These rows with the weights of one column. */
    BlockRows weighing(Block w) {
        return new BlockRows(points, labels, RowTerms.weighing(w, firstRow), firstRow);
    }

    /** How many rows of each label weigh something. */
    SideCounts counts() {
        long positive = 0;
        long negative = 0;
        for (int i = 0; i < labels.length; i++) {
            if (terms.weight(i) > 0) {
                positive += labels[i] > 0 ? 1 : 0;
                negative += labels[i] > 0 ? 0 : 1;
            }
        }
        return new SideCounts(positive, negative);
    }
}
