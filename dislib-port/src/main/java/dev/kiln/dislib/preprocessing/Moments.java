package dev.kiln.dislib.preprocessing;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import java.util.Arrays;

/**
 * What a group of rows says of each column.
 *
 * @param rows how many rows
 * @param means their means
 * @param squares the sums of the squared distances from the mean
 * @param least the least values
 * @param greatest the greatest values
 * @param sparse whether some of the rows are in a sparse block
 */
record Moments(long rows, double[] means, double[] squares, double[] least, double[] greatest, boolean sparse) {

    static Moments of(Block block) {
        return switch (block) {
            case DenseBlock dense -> of(dense);
            case CsrBlock sparse -> of(sparse);
        };
    }

    /** Of the rows of a sparse block; zeros are taken together. */
    private static Moments of(CsrBlock block) {
        int columns = block.columns();
        int rows = block.rows();
        var sums = new double[columns];
        var stored = new int[columns];
        var least = new double[columns];
        var greatest = new double[columns];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (int p = 0; p < block.stored(); p++) {
            int j = block.indices()[p];
            double value = block.values()[p];
            sums[j] += value;
            stored[j]++;
            least[j] = Math.min(least[j], value);
            greatest[j] = Math.max(greatest[j], value);
        }
        var means = new double[columns];
        for (int j = 0; j < columns; j++) {
            if (stored[j] < rows) {
                least[j] = Math.min(least[j], 0);
                greatest[j] = Math.max(greatest[j], 0);
            }
            means[j] = least[j] == greatest[j] ? least[j] : sums[j] / rows;
        }
        var squares = new double[columns];
        for (int p = 0; p < block.stored(); p++) {
            double d = block.values()[p] - means[block.indices()[p]];
            squares[block.indices()[p]] += d * d;
        }
        for (int j = 0; j < columns; j++) {
            squares[j] += (rows - stored[j]) * means[j] * means[j];
        }
        return new Moments(rows, means, squares, least, greatest, true);
    }

    /** Of the rows of a dense block, in two passes: the second corrects what rounding did to the mean of the first. */
    private static Moments of(DenseBlock block) {
        int columns = block.columns();
        int rows = block.rows();
        double[] values = block.values();
        var sums = new double[columns];
        var least = new double[columns];
        var greatest = new double[columns];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++, at++) {
                sums[j] += values[at];
                least[j] = Math.min(least[j], values[at]);
                greatest[j] = Math.max(greatest[j], values[at]);
            }
        }
        var means = new double[columns];
        for (int j = 0; j < columns; j++) {
            means[j] = least[j] == greatest[j] ? least[j] : sums[j] / rows;
        }
        var squares = new double[columns];
        var rest = new double[columns];
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++, at++) {
                double d = values[at] - means[j];
                squares[j] += d * d;
                rest[j] += d;
            }
        }
        for (int j = 0; j < columns; j++) {
            squares[j] = Math.max(0, squares[j] - rest[j] * rest[j] / rows);
            means[j] += rest[j] / rows;
        }
        return new Moments(rows, means, squares, least, greatest, false);
    }

    /**
     * Of the rows of both. Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample
     * variances" (1979), eq. 2.1.
     */
    Moments and(Moments other) {
        long n = rows + other.rows;
        int columns = means.length;
        double share = (double) other.rows / n;
        var mean = new double[columns];
        var square = new double[columns];
        var low = new double[columns];
        var high = new double[columns];
        for (int j = 0; j < columns; j++) {
            double d = other.means[j] - means[j];
            mean[j] = means[j] + d * share;
            square[j] = squares[j] + other.squares[j] + d * d * share * rows;
            low[j] = Math.min(least[j], other.least[j]);
            high[j] = Math.max(greatest[j], other.greatest[j]);
        }
        return new Moments(n, mean, square, low, high, sparse || other.sparse);
    }

    /** The standard deviations of the rows as a whole population; 0 exactly where all values are equal. */
    double[] deviations() {
        var deviations = new double[means.length];
        for (int j = 0; j < deviations.length; j++) {
            deviations[j] = least[j] == greatest[j] ? 0 : Math.sqrt(squares[j] / rows);
        }
        return deviations;
    }
}
