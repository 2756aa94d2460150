package dev.kiln.benchmarks;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;

/** The tasks that benchmarks run. */
final class Kernels {

    private Kernels() {}

    /** Nothing. */
    @Task
    static int nothing() {
        return 0;
    }

    /** A leaf of a tree. */
    @Task
    static int leaf(int value) {
        return value;
    }

    /** Nothing but an edge. */
    @Task
    static int next(int before) {
        return before + 1;
    }

    /** Nothing but two edges. */
    @Task
    static int add(int a, int b) {
        return a + b;
    }

    /** Nothing but three edges. */
    @Task
    static long mix(long left, long middle, long right) {
        return left + 3 * middle + 7 * right;
    }

    /** Three edges and some work, in proportion to the rounds. */
    @Task
    static long work(long left, long middle, long right, int rounds) {
        return mix(left, middle, right) + (long) spin(rounds) % 2;
    }

    /** Work that no compiler can shorten: each round waits for the one before. */
    static double spin(int rounds) {
        double x = 0.5;
        for (int i = 0; i < rounds; i++) {
            x = x * 0.999999 + 1e-7;
        }
        return x;
    }

    /** A block of doubles. */
    @Task
    static double[] block(int doubles, int seed) {
        double[] block = new double[doubles];
        for (int i = 0; i < doubles; i++) {
            block[i] = seed + (i & 7);
        }
        return block;
    }

    /** Reads all of a block, in eight sums at once so that memory is the limit. */
    @Task
    static double sum(double[] block) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int whole = block.length & ~7;
        for (int i = 0; i < whole; i += 8) {
            a += block[i];
            b += block[i + 1];
            c += block[i + 2];
            d += block[i + 3];
            e += block[i + 4];
            f += block[i + 5];
            g += block[i + 6];
            h += block[i + 7];
        }
        double sum = ((a + b) + (c + d)) + ((e + f) + (g + h));
        for (int i = whole; i < block.length; i++) {
            sum += block[i];
        }
        return sum;
    }

    /** Reads next to nothing of a block: what is left is the cost of having it. */
    @Task
    static double touch(double[] block) {
        return block[0] + block[block.length - 1];
    }

    /** Changes next to nothing of a block. */
    @Task
    static void raise(@InOut double[] block) {
        block[0]++;
    }

    /** What the JVM that runs this has used so far. */
    @Task
    static Gauge gauge() {
        return Gauge.here();
    }
}
