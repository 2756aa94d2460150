package dev.kiln.lstm.worker.engine;

/**
 * The loops that training spends its time in, over matrices as arrays of rows. There are two, which give the same bits:
 * each element is a chain of fused multiply-adds in the same order, whatever else is computed beside it. An instance
 * has scratch memory, so it is for one thread.
 */
interface Kernels {

    /**
     * The loops for this JVM: those by the Vector API where the JVM was started with it ({@code --add-modules
     * jdk.incubator.vector}), else plain ones in the shape that HotSpot's C2 vectorises.
     */
    static Kernels forThisJvm(int hidden) {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                ? new VectorKernels(hidden)
                : new PlainKernels(hidden);
    }

    /** {@code c += a b}, for {@code a} of m rows and k columns, over whole rows of c; along k in ascending order. */
    void multiply(float[][] a, int m, int k, float[][] b, float[][] c);

    /** {@code c += a^T b}, for {@code a} of k rows and m columns, over whole rows of c; along k in ascending order. */
    void multiplyTransposed(float[][] a, int k, int m, float[][] b, float[][] c);

    /**
     * One time step, after its gates' sums.
     *
     * @param sums 4 hidden of each window, in the order input, forget, cell, output
     * @param before the cells of the step before
     * @param to written
     * @param out written: the hidden states, a row a window
     */
    void activate(float[][] sums, int windows, float[] before, Moment to, float[][] out);

    /**
     * The way back through {@link #activate}.
     *
     * @param of what that wrote
     * @param before the cells of the step before
     * @param out slopes of the hidden states, a row a window
     * @param cells slopes of the cells from the step after; on return those for the step before
     * @param sums written: slopes of the gates' sums
     */
    void slopes(Moment of, int windows, float[] before, float[][] out, float[] cells, float[][] sums);
}
