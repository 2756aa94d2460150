package dev.kiln.dislib.data;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBuilder;
import dev.kiln.dislib.DenseBlock;

/** Takes the features of rows as they are parsed, and makes a block of them. Not thread-safe; one per task. */
sealed interface RowSink {

    /** A value of the current row, right of those before; what is left out is 0. */
    void add(int column, double value);

    /** Ends the current row. */
    void endRow();

    /** The block of all rows ended. */
    Block toBlock();

    static RowSink of(boolean sparse, int rows, int features) {
        return sparse ? new Sparse(features) : new Dense(rows, features);
    }

    /** Stores zeros. */
    final class Dense implements RowSink {

        private final int rows;
        private final int features;
        private final double[] values;
        private int offset;

        Dense(int rows, int features) {
            this.rows = rows;
            this.features = features;
            this.values = new double[rows * features];
        }

        @Override
        public void add(int column, double value) {
            values[offset + column] = value;
        }

        @Override
        public void endRow() {
            offset += features;
        }

        @Override
        public DenseBlock toBlock() {
            return new DenseBlock(rows, features, values);
        }
    }

    /** Stores no zeros. */
    final class Sparse implements RowSink {

        private final CsrBuilder builder;

        Sparse(int features) {
            this.builder = new CsrBuilder(features);
        }

        @Override
        public void add(int column, double value) {
            builder.add(column, value);
        }

        @Override
        public void endRow() {
            builder.endRow();
        }

        @Override
        public Block toBlock() {
            return builder.build();
        }
    }
}
