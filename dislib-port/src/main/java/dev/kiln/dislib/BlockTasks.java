package dev.kiln.dislib;

import dev.kiln.tasks.Task;

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

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
