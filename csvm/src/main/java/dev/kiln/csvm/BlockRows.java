package dev.kiln.csvm;

import dev.kiln.csvm.solver.DensePoints;
import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.Block;
import java.util.stream.LongStream;

/**
 * The rows of one block as the kernel wants them. Made and kept where the block is.
 *
 * @param points the rows as floats
 * @param labels +1 or -1
 * @param weights what they weigh
 * @param firstRow the number of the first row in the whole array; row i has the id {@code firstRow + i}
 */
record BlockRows(Points points, byte[] labels, Weights weights, long firstRow) {

    /** Rows that all weigh 1. */
    BlockRows(Points points, byte[] labels, long firstRow) {
        this(points, labels, Weights.ONE, firstRow);
    }

    static BlockRows of(Block x, Block y, long firstRow) {
        byte[] labels = new byte[y.rows()];
        for (int i = 0; i < labels.length; i++) {
            double label = y.get(i, 0);
            if (Math.abs(label) != 1) {
                throw new IllegalArgumentException("the label of row " + (firstRow + i) + " is " + label
                        + "; expected +1 or -1 (Labels.signs makes such labels)");
            }
            labels[i] = (byte) label;
        }
        return new BlockRows(points(x, firstRow), labels, firstRow);
    }

    static Points points(Block x, long firstRow) {
        float[][] columns = new float[x.columns()][x.rows()];
        double[] row = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            x.copyRow(i, row, 0);
            for (int f = 0; f < row.length; f++) {
                float value = (float) row[f];
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("row " + (firstRow + i) + ", column " + f
                            + " (counted from 0) is " + row[f] + "; expected a finite number of at most 3.4e38");
                }
                columns[f][i] = value;
            }
        }
        return new DensePoints(x.rows(), columns);
    }

    /** The numbers of its rows in the whole array. */
    long[] ids() {
        return LongStream.range(firstRow, firstRow + labels.length).toArray();
    }

    /** These rows with the weights of one column. */
    BlockRows weighing(Block w) {
        return new BlockRows(points, labels, Weights.of(w, firstRow), firstRow);
    }

    /** How many rows of each label weigh something. */
    SideCounts counts() {
        long positive = 0;
        long negative = 0;
        for (int i = 0; i < labels.length; i++) {
            if (weights.of(i) > 0) {
                positive += labels[i] > 0 ? 1 : 0;
                negative += labels[i] > 0 ? 0 : 1;
            }
        }
        return new SideCounts(positive, negative);
    }
}
