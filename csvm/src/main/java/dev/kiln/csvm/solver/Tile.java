package dev.kiln.csvm.solver;

/**
 * Compares several points with many at once, so that a feature of the many is read from memory once for all of the
 * several. There are two, which give the same bits as {@link VectorLoops} does for one point after the other. Stateless.
 */
interface Tile {

    /** The tile for this JVM: that by the Vector API where the JVM was started with it, else the plain one. */
    static Tile forThisJvm() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? new VectorTile() : new PlainTile();
    }

    /**
     * Writes {@code |x[b] - y_j|^2} to {@code out[b][j]} for the first count x, and each j from one place to another,
     * which is not included.
     *
     * @param columns one array a feature, with its values of all y
     */
    void squaredDistances(float[][] x, int count, float[][] columns, int from, int to, float[][] out);

    /** Writes {@code x[b].y_j} likewise. */
    void dots(float[][] x, int count, float[][] columns, int from, int to, float[][] out);
}
