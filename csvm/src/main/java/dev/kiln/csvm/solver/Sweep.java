package dev.kiln.csvm.solver;

/**
 * The sweeps of {@link Selection} over its arrays. There are two, which give the same bits: extremes do not depend on the
 * order in which they are taken, of equal ones the first counts, and everything else is done to each point by itself. For
 * one thread.
 */
interface Sweep {

    /**
     * The sweep for this JVM: that by the Vector API where the JVM was started with it ({@code --add-modules
     * jdk.incubator.vector}), else the plain one.
     */
    static Sweep forThisJvm() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorSweep() : new PlainSweep();
    }

    /** The lowest {@code f + raise} and the highest {@code f + lower}, and where they are; infinite where there is none. */
    final class Extremes {
        double lowest;
        double highest;
        int up;
        int down;

        void clear() {
            lowest = Double.POSITIVE_INFINITY;
            highest = Double.NEGATIVE_INFINITY;
            up = 0;
            down = 0;
        }
    }

    /** Writes {@code low = (float) (f + lower)} for the first n points and finds their extremes. */
    void scan(double[] f, double[] raise, double[] lower, float[] low, int n, Extremes extremes);

    /** First {@code f += delta * (plus - minus)}, then as {@link #scan}. */
    void moveAndScan(
            double delta,
            float[] plus,
            float[] minus,
            double[] f,
            double[] raise,
            double[] lower,
            float[] low,
            int n,
            Extremes extremes);

    /**
     * Writes {@code gain = max(low - lowest, 0)^2 / max(own + diagonal - 2 row, tau)} for the first n points.
     *
     * @return the place of the greatest gain, or -1 when none is above 0
     */
    int best(float[] row, float lowest, float own, float tau, float[] low, float[] diagonal, float[] gain, int n);
}
