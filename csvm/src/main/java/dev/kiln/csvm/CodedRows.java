package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.Block;
import java.util.Arrays;

/**
 * The rows of one block with their classes; every machine takes its own from here. Made and kept where the block is.
 *
 * @param points the rows as floats
 * @param codes the index of each row's class
 * @param weights what they weigh
 * @param firstRow the number of the first row in the whole array
 */
record CodedRows(Points points, int[] codes, Weights weights, long firstRow) {

    static CodedRows of(Block x, Block y, long firstRow, double[] classes) {
        int[] codes = new int[y.rows()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Arrays.binarySearch(classes, y.get(i, 0));
        }
        return new CodedRows(BlockRows.points(x, firstRow), codes, Weights.ONE, firstRow);
    }

    /** These rows with the weights of one column. */
    CodedRows weighing(Block w) {
        return new CodedRows(points, codes, Weights.of(w, firstRow), firstRow);
    }

    /** How many rows of each class weigh something here. */
    long[] counts(int classes) {
        long[] counts = new long[classes];
        for (int i = 0; i < codes.length; i++) {
            counts[codes[i]] += weights.of(i) > 0 ? 1 : 0;
        }
        return counts;
    }

    /**
     * The rows of the two sides. Row i of the result has the id {@code firstRow + i}: unique and ascending over blocks,
     * since no block has more rows of two classes than rows. When all rows take part, the points are not copied.
     *
     * @param fold which rows
     */
    BlockRows rowsFor(Duel duel, Fold fold) {
        int[] which = new int[codes.length];
        byte[] labels = new byte[codes.length];
        int count = 0;
        for (int i = 0; i < codes.length; i++) {
            int label = duel.label(codes[i]);
            if (label != 0 && fold.takes(firstRow + i)) {
                which[count] = i;
                labels[count++] = (byte) label;
            }
        }
        if (count == codes.length) {
            return new BlockRows(points, labels, weights, firstRow);
        }
        int[] chosen = Arrays.copyOf(which, count);
        return new BlockRows(points.select(chosen), Arrays.copyOf(labels, count), weights.select(chosen), firstRow);
    }

    /** The row numbers in the whole array of the ids that {@link #rowsFor} gave, which are ascending. */
    long[] rowNumbers(Duel duel, long[] ids) {
        long[] rows = new long[ids.length];
        long id = firstRow;
        int found = 0;
        for (int i = 0; i < codes.length && found < ids.length; i++) {
            if (duel.label(codes[i]) != 0) {
                if (id == ids[found]) {
                    rows[found++] = firstRow + i;
                }
                id++;
            }
        }
        return rows;
    }
}
