package dev.kiln.csvm.internal.linear;

/**
 * How good a linear machine is, measured over all rows.
 *
 * @param violation by how much the optimality conditions are broken at most: libsvm's {@code m - M} where the threshold is
 *     free, else liblinear's range of projected gradients
 * @param dualObjective of feasible multipliers, so that no machine has a primal objective below it
 * @param primalObjective of the machine
 * @param vectors multipliers that are not zero
 * @param trainAccuracy part of the rows on their own side
 */
public record LinearReport(
        double violation, double dualObjective, double primalObjective, long vectors, double trainAccuracy) {

    static LinearReport of(Measure m, Plane plane, LinearGoal goal) {
        Measure.Side p = m.positive();
        Measure.Side n = m.negative();
        double accuracy = m.correct() / (double) m.rows();
        double primal = Vectors.dot(plane.w(), plane.w()) / 2 + m.loss();
        if (goal.bias() != LinearGoal.Bias.FREE) {
            double b = plane.bias();
            double s = p.sum() - n.sum();
            double[] w = Vectors.difference(p.w(), n.w());
            double dual =
                    p.sum() + n.sum() - p.squares() - n.squares() - (Vectors.dot(w, w) + plane.sigma() * s * s) / 2;
            primal += plane.sigma() == 0 ? 0 : b * b / plane.sigma() / 2;
            return new LinearReport(Math.max(0, m.most() - m.least()), dual, primal, m.vectors(), accuracy);
        }
        // Where the sides do not balance the greater is scaled down: the multipliers of that are feasible.
        double forPositive = p.sum() > n.sum() ? n.sum() / p.sum() : 1;
        double forNegative = n.sum() > p.sum() ? p.sum() / n.sum() : 1;
        double[] w = new double[p.w().length];
        Vectors.add(forPositive, p.w(), w);
        Vectors.add(-forNegative, n.w(), w);
        double dual = forPositive * p.sum()
                + forNegative * n.sum()
                - forPositive * forPositive * p.squares()
                - forNegative * forNegative * n.squares()
                - Vectors.dot(w, w) / 2;
        return new LinearReport(Math.max(0, m.highest() - m.lowest()), dual, primal, m.vectors(), accuracy);
    }

    /** The duality gap as a part of the primal objective. */
    public double relativeGap() {
        return primalObjective == 0 ? 0 : (primalObjective - dualObjective) / Math.abs(primalObjective);
    }
}
