package dev.kiln.csvm.solver;

/** Makes multipliers feasible. */
final class Feasible {

    private Feasible() {}

    /**
     * Clips each signed multiplier to its bounds, then makes them add up to the sum. Of those above and those below zero
     * the side that is too large is shrunk, all by one factor; what rounding leaves is taken from single multipliers, so
     * that the sum is met as exactly as doubles allow. Where even an empty side is not enough, single multipliers of the
     * other side are moved, those that are not zero first. Multipliers that are feasible already are left alone.
     */
    static void project(double[] beta, double[] low, double[] high, double sum) {
        double positive = 0;
        double negative = 0;
        for (int t = 0; t < beta.length; t++) {
            beta[t] = Math.clamp(beta[t], low[t], high[t]) + 0.0; // no negative zeros
            positive += Math.max(beta[t], 0);
            negative -= Math.min(beta[t], 0);
        }
        double excess = positive - negative - sum;
        if (Math.abs(excess) <= 1e-12 * Math.max(Math.abs(sum), Math.max(positive, negative))) {
            return;
        }
        double sign = excess > 0 ? 1 : -1;
        double side = sign > 0 ? positive : negative;
        double left = Math.max(0, sign > 0 ? negative + sum : positive - sum);
        double over = shrink(beta, sign, side > 0 ? left / side : 0) - sum;
        for (int t = 0; t < beta.length && over * sign > 0; t++) {
            if (beta[t] * sign > 0) {
                double part = Math.min(beta[t] * sign, over * sign) * sign;
                beta[t] -= part;
                over -= part;
            }
        }
        over = move(beta, low, high, over, sign, true);
        move(beta, low, high, over, sign, false);
    }

    /** Multiplies those of one sign; returns the sum of all. */
    private static double shrink(double[] beta, double sign, double factor) {
        double sum = 0;
        for (int t = 0; t < beta.length; t++) {
            if (beta[t] * sign > 0) {
                beta[t] *= factor;
            }
            sum += beta[t];
        }
        return sum;
    }

    /** Moves multipliers, only those that are zero or only the others, to their bounds until nothing is over. */
    private static double move(double[] beta, double[] low, double[] high, double over, double sign, boolean vectors) {
        double left = over;
        for (int t = 0; t < beta.length && left * sign > 0; t++) {
            if ((beta[t] != 0) == vectors) {
                double room = sign > 0 ? beta[t] - low[t] : high[t] - beta[t];
                double part = Math.min(room, left * sign) * sign;
                beta[t] -= part;
                left -= part;
            }
        }
        return left;
    }
}
