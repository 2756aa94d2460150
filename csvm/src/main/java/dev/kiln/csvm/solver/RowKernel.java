package dev.kiln.csvm.solver;

import java.io.Serializable;

/**
 * A kernel of the user's own: how alike two rows are. A method reference or a lambda will do, as in {@code (x, y) ->
 * Math.exp(-distance(x, y))}; what it captures travels with it to the nodes.
 *
 * <p>It must give the same value for the same two rows whichever is first, and always the same, or training may not end
 * at an optimum and results are not the same from run to run; {@link StrictMath} gives the same bits on every processor,
 * {@link Math} may not. Where it is not positive definite, a stationary point is found, which need not be the optimum. It is called by several threads at once, once or more for each
 * pair of rows that training looks at, so it should be quick.
 */
@FunctionalInterface
public interface RowKernel extends Serializable {

    /**
     * The value for two rows; must be finite as a float.
     *
     * @param x all features of one row, as floats; neither to be kept nor to be changed
     * @param y those of the other, likewise
     */
    double value(float[] x, float[] y);
}
