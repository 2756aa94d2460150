package dev.kiln.csvm.solver;

/**
 * The sweeps of {@link Selection} over a part of its arrays. There are two, which give the same bits: an extreme does
 * not depend on the order in which it is taken, and everything else is done to each point by itself. Stateless.
 */
interface Sweep {

    /**
     * The sweep for this JVM: that by the Vector API where the JVM was started with it ({@code --add-modules
     * jdk.incubator.vector}), else the plain one.
     */
    static Sweep forThisJvm() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorSweep() : new PlainSweep();
    }

    /**
     * Writes {@code low = (float) (f + lower)} and finds the extremes.
     *
     * @param extremes on return the lowest {@code f + raise} and the highest {@code f + lower}
     */
    void scan(double[] f, double[] raise, double[] lower, float[] low, int from, int to, double[] extremes);

    /** First {@code f += delta * (plus - minus)}, then as {@link #scan}. */
    void moveAndScan(
            double delta,
            float[] plus,
            float[] minus,
            double[] f,
            double[] raise,
            double[] lower,
            float[] low,
            int from,
            int to,
            double[] extremes);

    /**
     * Writes {@code gain = max(low - lowest, 0)^2 / max(own + diagonal - 2 row, tau)}.
     *
     * @return the greatest gain, at least 0
     */
    float gains(
            float[] row,
            float lowest,
            float own,
            float tau,
            float[] low,
            float[] diagonal,
            float[] gain,
            int from,
            int to);
}
