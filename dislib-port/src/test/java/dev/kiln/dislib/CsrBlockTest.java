package dev.kiln.dislib;

import static dev.kiln.dislib.BlockShape.blocks;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CsrBlockTest {

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void a_sparse_block_has_the_elements_of_the_dense_one_and_keeps_only_those_that_are_not_zero() {
        DenseBlock dense = DenseBlock.of(mostlyZeros(13, 7, 1));
        CsrBlock sparse = CsrBlock.of(dense);
        int stored = 0;
        for (int i = 0; i < 13; i++) {
            assertArrayEquals(dense.row(i), sparse.row(i));
            for (int j = 0; j < 7; j++) {
                assertEquals(dense.get(i, j), sparse.get(i, j));
                stored += dense.get(i, j) != 0 ? 1 : 0;
            }
        }
        assertEquals(stored, sparse.stored());
        assertEquals(dense, sparse.toDense());
        assertEquals("CsrBlock[13x7, " + stored + " stored]", sparse.toString());
        assertThrows(IndexOutOfBoundsException.class, () -> sparse.get(13, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> sparse.get(0, 7));
    }

    @Test
    void a_slice_is_that_of_the_dense_block() {
        DenseBlock dense = DenseBlock.of(mostlyZeros(9, 8, 2));
        CsrBlock sparse = CsrBlock.of(dense);
        for (int from = 0; from < 9; from += 2) {
            assertEquals(dense.slice(from, 9, 1, 6), sparse.slice(from, 9, 1, 6).toDense());
            assertEquals(dense.rows(0, from), sparse.rows(0, from).toDense());
        }
        assertThrows(IndexOutOfBoundsException.class, () -> sparse.rows(3, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> dense.rows(3, 10));
    }

    @Test
    void a_sparse_block_survives_a_journey() {
        var codec = new ValueCodec(getClass().getClassLoader());
        CsrBlock sparse = CsrBlock.of(DenseBlock.of(mostlyZeros(30, 20, 3)));
        assertEquals(sparse, codec.decode(codec.encode(sparse)));
    }

    @Test
    void blocks_that_cannot_be_are_refused() {
        assertRefused(
                "a sparse block of 2 rows has 3 starts, from 0 on; found 2 from 0 on",
                () -> new CsrBlock(2, 2, new int[] {0, 0}, new int[0], new double[0]));
        assertRefused(
                "a sparse block has as many indices and values as its starts say, 1; found 1 and 0",
                () -> new CsrBlock(1, 2, new int[] {0, 1}, new int[] {0}, new double[0]));
        assertRefused(
                "row 0 of a sparse block has column 2 after -1; expected columns that ascend, below 2",
                () -> new CsrBlock(1, 2, new int[] {0, 1}, new int[] {2}, new double[] {1}));
        assertRefused(
                "row 0 of a sparse block has column 0 after 1; expected columns that ascend, below 2",
                () -> new CsrBlock(1, 2, new int[] {0, 2}, new int[] {1, 0}, new double[] {1, 1}));
    }

    private static void assertRefused(String message, Runnable what) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
    }

    @Test
    void an_array_of_sparse_blocks_is_cut_and_collected_as_a_dense_one() {
        DenseBlock dense = DenseBlock.of(mostlyZeros(23, 6, 4));
        CsrBlock sparse = CsrBlock.of(dense);
        for (int rows : new int[] {1, 5, 23, 40}) {
            DsArray x = DsArray.of(wf, sparse, blocks(rows, 6));
            assertInstanceOf(CsrBlock.class, x.block(0, 0).get());
            assertEquals(dense, x.collect());
            assertEquals(sparse, x.collectSparse());
        }
        assertEquals(dense, DsArray.of(wf, sparse, blocks(4, 4)).collect());
    }

    @Test
    void rows_of_an_array_are_an_array() {
        DenseBlock dense = DenseBlock.of(mostlyZeros(23, 6, 5));
        for (Block whole : new Block[] {dense, CsrBlock.of(dense)}) {
            DsArray x = DsArray.of(wf, whole, blocks(5, 4));
            for (int from = 0; from < 23; from += 3) {
                for (int to = from + 1; to <= 23; to += 2) {
                    DsArray some = x.rows(new RowRange(from, to));
                    assertEquals(dense.rows(from, to), some.collect(), from + " to " + to);
                    assertEquals(x.blockShape(), some.blockShape());
                }
            }
            assertInstanceOf(
                    whole.getClass(), x.rows(new RowRange(3, 9)).block(0, 0).get());
            assertEquals(x.block(1, 0), x.rows(new RowRange(5, 15)).block(0, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> x.rows(new RowRange(20, 24)));
            assertThrows(IndexOutOfBoundsException.class, () -> x.rows(new RowRange(2, 2)));
        }
    }

    private static double[][] mostlyZeros(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        var values = new double[rows][columns];
        for (double[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(4) == 0 ? random.nextDouble(-1, 1) : 0;
            }
        }
        return values;
    }
}
