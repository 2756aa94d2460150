package dev.kiln.dislib;

import dev.kiln.tasks.Task;
import java.util.List;

/** The tasks that {@link DsArray} submits. */
final class BlockTasks {

    /** The step of SplitMix64: 2^64 divided by the golden ratio, made odd. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private BlockTasks() {}

    /**
     * Numbers of [0, 1) for the elements of a block. Element (i, j) of the whole array takes the number at its place in
     * one sequence, so the array does not depend on how it is cut. The generator is SplitMix64 (Steele, Lea and Flood,
     * "Fast splittable pseudorandom number generators", OOPSLA 2014), which can be entered anywhere.
     */
    @Task(name = "random")
    static Block random(int rows, int columns, long firstRow, long firstColumn, long columnsOfArray, long seed) {
        var values = new double[rows * columns];
        long start = mix(seed);
        for (int i = 0; i < rows; i++) {
            long place = (firstRow + i) * columnsOfArray + firstColumn;
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = (mix(start + (place + j + 1) * GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
            }
        }
        return new DenseBlock(rows, columns, values);
    }

    /** So many rows of one block, or of two that lie one below the other, after those skipped. */
    @Task(name = "rows")
    static Block rows(List<Block> parts, int skip, int count) {
        Block upper = parts.getFirst().rows(skip, Math.min(parts.getFirst().rows(), skip + count));
        if (parts.size() == 1 || upper.rows() == count) {
            return upper;
        }
        Block lower = parts.getLast().rows(0, count - upper.rows());
        if (upper instanceof CsrBlock && lower instanceof CsrBlock) {
            var both = new CsrBuilder(upper.columns());
            for (Block part : List.of(upper, lower)) {
                both.addRows(CsrBlock.of(part));
            }
            return both.build();
        }
        var values = new double[count * upper.columns()];
        for (int i = 0; i < count; i++) {
            Block part = i < upper.rows() ? upper : lower;
            part.copyRow(i < upper.rows() ? i : i - upper.rows(), values, i * upper.columns());
        }
        return new DenseBlock(count, upper.columns(), values);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
