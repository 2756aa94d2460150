package dev.kiln.csvm.solver;

/**
 * {@code exp(scale * v)} over an array, for {@code scale * v <= 0}, to about one unit in the last place. Stateless. There
 * are two, which give the same bits.
 */
interface Exponential {

    /**
     * Replaces each {@code v[j]} from one place to another, which is not included.
     *
     * @param power as long as {@code v}, perhaps overwritten
     */
    void apply(float scale, int from, int to, float[] v, int[] power);

    /** By the Vector API where the JVM was started with it, else by plain loops. */
    static Exponential forThisJvm() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorExponential()
                : VectorLoops::expScaled;
    }
}
