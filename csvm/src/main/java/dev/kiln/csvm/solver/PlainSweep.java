package dev.kiln.csvm.solver;

/** Loops of the shape that HotSpot's C2 vectorises, as far as it does. */
final class PlainSweep implements Sweep {

    @Override
    public void scan(double[] f, double[] raise, double[] lower, float[] low, int from, int to, double[] extremes) {
        double min = Double.POSITIVE_INFINITY;
        for (int t = from; t < to; t++) {
            min = Math.min(min, f[t] + raise[t]);
        }
        for (int t = from; t < to; t++) {
            low[t] = (float) (f[t] + lower[t]);
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int t = from; t < to; t++) {
            max = Math.max(max, f[t] + lower[t]);
        }
        extremes[0] = min;
        extremes[1] = max;
    }

    @Override
    public void moveAndScan(
            double delta,
            float[] plus,
            float[] minus,
            double[] f,
            double[] raise,
            double[] lower,
            float[] low,
            int from,
            int to,
            double[] extremes) {
        VectorLoops.addDifference(delta, plus, minus, from, to, f);
        scan(f, raise, lower, low, from, to, extremes);
    }

    @Override
    public float gains(
            float[] row,
            float lowest,
            float own,
            float tau,
            float[] low,
            float[] diagonal,
            float[] gain,
            int from,
            int to) {
        for (int t = from; t < to; t++) {
            float gap = Math.max(low[t] - lowest, 0f);
            float curvature = Math.max((own + diagonal[t]) - 2f * row[t], tau);
            gain[t] = gap * gap / curvature;
        }
        float max = 0;
        for (int t = from; t < to; t++) {
            max = Math.max(max, gain[t]);
        }
        return max;
    }
}
