package dev.kiln.csvm;

/**
 * How good a trained machine is, measured over all training rows after the last round. By weak duality no machine has a
 * primal objective below {@link #dualObjective}, so the gap bounds what more training could gain.
 *
 * @param rounds looks through the rows, the last of which found nothing if training converged
 * @param converged whether the optimality conditions hold within the tolerance for every row
 * @param violation by how much they are broken at most
 * @param dualObjective for two classes {@code sum alpha - 1/2 sum_st alpha_s alpha_t y_s y_t k(x_s, x_t)}; always the
 *     negative of what libsvm's {@code obj} says
 * @param primalObjective {@code 1/2 |w|^2 + sum C_t hinge_t}, C_t being C times the weights of row t and of its class
 * @param trainAccuracy part of the training rows that are on their own side, each counted once whatever it weighs; of a
 *     regression the R^2 on them, of one class the part inside
 */
public record Certificate(
        int rounds,
        boolean converged,
        double violation,
        double dualObjective,
        double primalObjective,
        double trainAccuracy) {

    /** The duality gap as a part of the primal objective. */
    public double relativeGap() {
        return relativeGap(primalObjective, dualObjective);
    }

    /** The gap between two objectives, as a part of the primal one. */
    public static double relativeGap(double primal, double dual) {
        return primal == 0 ? 0 : (primal - dual) / Math.abs(primal);
    }
}
