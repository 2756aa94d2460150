package dev.kiln.csvm.internal.linear;

/**
 * What a machine does to rows, and what their multipliers come to, all computed afresh. Added up block by block along a
 * lane, then over lanes.
 *
 * @param rows how many
 * @param correct those on their own side
 * @param loss the sum of {@code C_i loss}
 * @param vectors multipliers that are not zero
 * @param lowest the lowest {@code w x_i - y_i} of rows whose {@code y_i alpha_i} can be raised
 * @param highest the highest of those whose {@code y_i alpha_i} can be lowered
 * @param most the greatest projected gradient
 * @param least the least
 * @param positive of rows of label +1
 * @param negative of rows of label -1
 */
record Measure(
        long rows,
        long correct,
        double loss,
        long vectors,
        double lowest,
        double highest,
        double most,
        double least,
        Side positive,
        Side negative) {

    /**
     * The multipliers of the rows of one label.
     *
     * @param w {@code sum alpha_i x_i}
     * @param sum {@code sum alpha_i}
     * @param squares {@code sum alpha_i^2 / 4 C_i} for the squared loss, else 0
     */
    record Side(double[] w, double sum, double squares) {

        static Side zero(int features) {
            return new Side(new double[features], 0, 0);
        }

        Side and(Side other) {
            double[] both = w.clone();
            Vectors.add(1, other.w, both);
            return new Side(both, sum + other.sum, squares + other.squares);
        }
    }

    static Measure nothing(int features) {
        return new Measure(
                0,
                0,
                0,
                0,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Side.zero(features),
                Side.zero(features));
    }

    static Measure of(LinearBlock block, double[] alpha, Plane plane, LinearGoal goal) {
        double bias = plane.bias();
        int features = block.rows().features();
        double[][] w = new double[2][features];
        double[] sum = new double[2];
        double[] squares = new double[2];
        long correct = 0;
        long vectors = 0;
        double loss = 0;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < alpha.length; i++) {
            int y = block.labels()[i];
            double c = goal.c(block.labels()[i]);
            double value = block.rows().dot(i, plane.w());
            double decision = value + bias;
            correct += (decision > 0) == (y > 0) ? 1 : 0;
            double hinge = Math.max(0, 1 - y * decision);
            loss += c * (goal.squared() ? hinge * hinge : hinge);
            double extra = goal.squared() ? alpha[i] / (2 * c) : 0;
            double f = value - y + y * extra;
            boolean more = goal.squared() || alpha[i] < c;
            boolean less = alpha[i] > 0;
            if (y > 0 ? more : less) {
                lowest = Math.min(lowest, f);
            }
            if (y > 0 ? less : more) {
                highest = Math.max(highest, f);
            }
            double gradient = y * decision - 1 + extra;
            most = Math.max(most, less ? gradient : Math.min(gradient, 0));
            least = Math.min(least, more ? gradient : Math.max(gradient, 0));
            if (less) {
                int side = y > 0 ? 0 : 1;
                vectors++;
                sum[side] += alpha[i];
                squares[side] += goal.squared() ? alpha[i] * alpha[i] / (4 * c) : 0;
                block.rows().addTo(i, alpha[i], w[side]);
            }
        }
        return new Measure(
                alpha.length,
                correct,
                loss,
                vectors,
                lowest,
                highest,
                most,
                least,
                new Side(w[0], sum[0], squares[0]),
                new Side(w[1], sum[1], squares[1]));
    }

    Measure and(Measure o) {
        return new Measure(
                rows + o.rows,
                correct + o.correct,
                loss + o.loss,
                vectors + o.vectors,
                Math.min(lowest, o.lowest),
                Math.max(highest, o.highest),
                Math.max(most, o.most),
                Math.min(least, o.least),
                positive.and(o.positive),
                negative.and(o.negative));
    }

    /** The plane of these multipliers, without the rounding errors of steps. */
    Plane refresh(Plane plane) {
        return new Plane(
                Vectors.difference(positive.w, negative.w), positive.sum - negative.sum, plane.centre(), plane.sigma());
    }
}
