package dev.kiln.csvm.solver;

/** Makes multipliers feasible. */
final class Feasible {

    private Feasible() {}

    /**
     * Clips each signed multiplier to its box, then shrinks the side whose sum is larger, all by one factor, until both
     * sides balance. What rounding leaves is taken from single multipliers, so that the sum is as near zero as doubles
     * allow. Multipliers that are feasible already are left alone.
     */
    static void project(double[] beta, byte[] labels, double[] c) {
        double positive = 0;
        double negative = 0;
        for (int t = 0; t < beta.length; t++) {
            double clipped = labels[t] > 0 ? Math.clamp(beta[t], 0, c[t]) : Math.clamp(beta[t], -c[t], 0);
            beta[t] = clipped + 0.0; // no negative zeros
            positive += Math.max(beta[t], 0);
            negative -= Math.min(beta[t], 0);
        }
        if (Math.abs(positive - negative) <= 1e-12 * Math.max(positive, negative)) {
            return;
        }
        double sign = positive > negative ? 1 : -1;
        double factor = Math.min(positive, negative) / Math.max(positive, negative);
        double sum = 0;
        for (int t = 0; t < beta.length; t++) {
            if (beta[t] * sign > 0) {
                beta[t] *= factor;
            }
            sum += beta[t];
        }
        for (int t = 0; t < beta.length && sum * sign > 0; t++) {
            if (beta[t] * sign > 0) {
                double part = Math.min(beta[t] * sign, sum * sign) * sign;
                beta[t] -= part;
                sum -= part;
            }
        }
    }
}
