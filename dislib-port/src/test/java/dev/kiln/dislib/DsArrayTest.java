package dev.kiln.dislib;

import static dev.kiln.dislib.BlockShape.blocks;
import static dev.kiln.dislib.Seed.seed;
import static dev.kiln.dislib.Shape.shape;
import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DsArrayTest {

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Task
    static Block negate(Block block) {
        DenseBlock dense = block.toDense();
        var values = new double[dense.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = -dense.values()[i];
        }
        return new DenseBlock(block.rows(), block.columns(), values);
    }

    @Test
    void what_is_cut_into_blocks_is_collected_as_it_was() {
        double[][] rows = counting(7, 5);
        for (int blockRows = 1; blockRows <= 8; blockRows++) {
            for (int blockColumns = 1; blockColumns <= 6; blockColumns++) {
                DsArray x = DsArray.of(wf, rows, blocks(blockRows, blockColumns));

                assertEquals(DenseBlock.of(rows), x.collect());
                assertEquals(Math.ceilDiv(7, blockRows), x.blockRows());
                assertEquals(Math.ceilDiv(5, blockColumns), x.blockColumns());
            }
        }
    }

    @Test
    void the_blocks_at_the_edges_have_what_is_left() {
        DsArray x = DsArray.of(wf, counting(7, 5), blocks(3, 2));

        Block corner = x.block(2, 2).get();

        assertEquals(1, corner.rows());
        assertEquals(1, corner.columns());
        assertEquals(34, corner.get(0, 0));
        assertEquals(new RowRange(6, 7), x.rowRange(2));
        assertEquals(1, x.rowRange(2).size());
    }

    @Test
    void random_numbers_depend_on_the_seed_and_not_on_the_blocks() {
        DsArray x = DsArray.random(wf, shape(50, 20), blocks(50, 20), seed(42));

        DenseBlock whole = x.collect();

        assertEquals(
                whole, DsArray.random(wf, shape(50, 20), blocks(7, 3), seed(42)).collect());
        assertNotEquals(
                whole,
                DsArray.random(wf, shape(50, 20), blocks(50, 20), seed(43)).collect());
        double mean = 0;
        for (double value : whole.values()) {
            assertTrue(value >= 0 && value < 1);
            mean += value / 1000;
        }
        assertEquals(0.5, mean, 0.05);
    }

    @Test
    void a_task_is_applied_to_each_block() {
        DsArray x = DsArray.of(wf, counting(4, 3), blocks(2, 2));

        DsArray y = x.map(DsArrayTest::negate);

        assertEquals(x.shape(), y.shape());
        assertEquals(-11, y.collect().get(3, 2));
    }

    @Test
    void row_blocks_need_blocks_as_wide_as_the_array() {
        assertEquals(2, DsArray.of(wf, counting(4, 3), blocks(2, 3)).rowBlocks().size());

        var refused = assertThrows(
                IllegalStateException.class,
                () -> DsArray.of(wf, counting(4, 3), blocks(2, 2)).rowBlocks());

        assertEquals(
                "the rows of DsArray[4x3 in blocks of 2x2] are cut into 2 blocks; expected blocks as wide as the array",
                refused.getMessage());
    }

    @Test
    void a_grid_of_another_size_is_refused() {
        Ref<Block> block = wf.put(new DenseBlock(1, 1, new double[1]));

        assertMessage(
                "DsArray[2x2 in blocks of 1x1] has 2 blocks in a block row; found 1",
                () -> DsArray.ofBlocks(wf, shape(2, 2), blocks(1, 1), List.of(List.of(block))));
        assertMessage(
                "DsArray[2x1 in blocks of 1x1] has 2 block rows; found 1",
                () -> DsArray.ofBlocks(wf, shape(2, 1), blocks(1, 1), List.of(List.of(block))));
    }

    @Test
    void an_array_too_large_for_one_java_array_is_not_collected() {
        Ref<Block> block =
                wf.task(BlockTasks::random).submit(value(1), value(1), value(0L), value(0L), value(1L), value(1L));
        DsArray x =
                DsArray.ofBlocks(wf, shape(1L << 31, 1), blocks(1 << 30, 1), List.of(List.of(block), List.of(block)));

        var refused = assertThrows(IllegalStateException.class, x::collect);

        assertEquals(
                "DsArray[2147483648x1 in blocks of 1073741824x1] is too large to collect: one array holds at most"
                        + " 2147483639 elements; work on its blocks",
                refused.getMessage());
    }

    @Test
    void sizes_that_cannot_be_are_refused() {
        assertMessage("shape(0, 1): expected 1 row or more, and 1 column or more", () -> shape(0, 1));
        assertMessage("blocks(1, 0): expected 1 row or more, and 1 column or more", () -> blocks(1, 0));
        assertMessage(
                "blocks of 100000x100000: a dense block holds at most 2147483639 elements; use smaller blocks",
                () -> DsArray.random(wf, shape(100_000, 100_000), blocks(100_000, 100_000), seed(1)));
        assertMessage("a block of 2x2 has 4 elements; found 3", () -> new DenseBlock(2, 2, new double[3]));
        assertMessage("row 1 has 1 columns; expected 2 as in row 0", () -> DenseBlock.of(new double[][] {{1, 2}, {3}}));
        assertMessage(
                "an array has 1 row or more, and 1 column or more; found none",
                () -> DsArray.of(wf, new double[0][], blocks(1, 1)));
    }

    @Test
    void a_block_gives_elements_and_copies_of_rows() {
        DenseBlock block = DenseBlock.of(counting(2, 3));

        assertEquals(5, block.get(1, 2));
        assertArrayEquals(new double[] {3, 4, 5}, block.row(1));
        assertThrows(IndexOutOfBoundsException.class, () -> block.get(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> block.get(2, 0));
        assertEquals("DenseBlock[2x3]", block.toString());
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static double[][] counting(int rows, int columns) {
        var values = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i][j] = i * columns + j;
            }
        }
        return values;
    }
}
