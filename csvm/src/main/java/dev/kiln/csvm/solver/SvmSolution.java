package dev.kiln.csvm.solver;

/**
 * What the solver found.
 *
 * @param beta the signed multipliers, one a point
 * @param f {@code sum_s beta_s K_ts + linear_t}, one a point; for two classes {@code linear = -y}
 * @param lowest the lowest f of the points whose beta can be raised; positive infinity when there is none. Where the
 *     problem has a width, it is added to f for a beta of at least 0, and taken from it for one below
 * @param highest the highest f of the points whose beta can be lowered; negative infinity when there is none. A width is
 *     added for a beta above 0, and taken for one of at most 0
 * @param rho the threshold: a point's decision value is {@code sum_s beta_s k(x_s, x) - rho}
 * @param objective the dual objective, to be maximised: the negative of what {@link SvmProblem} minimises
 * @param iterations steps taken
 * @param converged false when the limit of steps was reached first
 */
public record SvmSolution(
        double[] beta,
        double[] f,
        double lowest,
        double highest,
        double rho,
        double objective,
        long iterations,
        boolean converged) {

    /** How far from optimal: below the tolerance once solved. Negative infinity when no pair can be moved. */
    public double violation() {
        return highest - lowest;
    }

    /** How many multipliers are not zero. */
    public int supportVectors() {
        int count = 0;
        for (double b : beta) {
            count += b != 0 ? 1 : 0;
        }
        return count;
    }
}
