package dev.kiln.csvm.internal.linear;

/** Sums over weights, in one order. */
final class Vectors {

    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            sum += a[f] * b[f];
        }
        return sum;
    }

    /** {@code to += by * from}. */
    static void add(double by, double[] from, double[] to) {
        for (int f = 0; f < to.length; f++) {
            to[f] += by * from[f];
        }
    }

    /** {@code a - b}. */
    static double[] difference(double[] a, double[] b) {
        double[] c = a.clone();
        add(-1, b, c);
        return c;
    }
}
