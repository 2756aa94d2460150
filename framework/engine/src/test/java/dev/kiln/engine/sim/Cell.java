package dev.kiln.engine.sim;

/** A live object on a node: tasks there share it, and an update in place changes it under their eyes. */
final class Cell {

    long checksum;

    Cell(long checksum) {
        this.checksum = checksum;
    }

    /** The checksum of what a task makes, which depends on its number and all that it reads. */
    static long of(long task, long[] inputs) {
        long h = mix(task + 1);
        for (long input : inputs) {
            h = mix(h * 31 + input);
        }
        return h;
    }

    private static long mix(long z) {
        long y = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        y = (y ^ y >>> 27) * 0x94d049bb133111ebL;
        return y ^ y >>> 31;
    }
}
