package dev.kiln.csvm.internal.model;

/**
 * Turns a decision value f into the probability {@code 1 / (1 + exp(a f + b))} of the positive side.
 *
 * @param a below 0 where greater decision values speak for the positive side
 * @param b the offset
 */
public record Sigmoid(double a, double b) {

    private static final int STEPS = 100;
    private static final double LEAST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;
    private static final double SMALL_GRADIENT = 1e-5;

    public double probability(double f) {
        double t = a * f + b;
        // Written so that exp never overflows.
        return t >= 0 ? Math.exp(-t) / (1 + Math.exp(-t)) : 1 / (1 + Math.exp(t));
    }

    /**
     * The maximum of the likelihood with Platt's smoothed targets, by Newton's method with backtracking: H.-T. Lin,
     * C.-J. Lin, R. C. Weng, A note on Platt's probabilistic outputs for support vector machines, Machine Learning 68,
     * 2007, algorithm 1.
     *
     * @param f decision values of rows that the machine was not trained on
     * @param labels +1 or -1, one a value
     */
    public static Sigmoid fit(double[] f, byte[] labels) {
        double positives = 0;
        for (byte label : labels) {
            positives += label > 0 ? 1 : 0;
        }
        double negatives = labels.length - positives;
        double[] target = new double[f.length];
        for (int i = 0; i < f.length; i++) {
            target[i] = labels[i] > 0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        }
        var now = new Sigmoid(0, Math.log((negatives + 1) / (positives + 1)));
        double loss = now.loss(f, target);
        for (int step = 0; step < STEPS; step++) {
            Newton n = now.newton(f, target);
            if (Math.abs(n.ga) < SMALL_GRADIENT && Math.abs(n.gb) < SMALL_GRADIENT) {
                break;
            }
            double slope = n.ga * n.da + n.gb * n.db;
            double size = 1;
            while (size >= LEAST_STEP) {
                var next = new Sigmoid(now.a + size * n.da, now.b + size * n.db);
                double reached = next.loss(f, target);
                if (reached < loss + 1e-4 * size * slope) {
                    now = next;
                    loss = reached;
                    break;
                }
                size /= 2;
            }
            if (size < LEAST_STEP) {
                break;
            }
        }
        return now;
    }

    /** The negative log likelihood. */
    private double loss(double[] f, double[] target) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            double t = a * f[i] + b;
            sum += t >= 0 ? target[i] * t + Math.log1p(Math.exp(-t)) : (target[i] - 1) * t + Math.log1p(Math.exp(t));
        }
        return sum;
    }

    /** The gradient, and the direction of Newton's step. */
    private record Newton(double ga, double gb, double da, double db) {}

    private Newton newton(double[] f, double[] target) {
        double haa = RIDGE;
        double hbb = RIDGE;
        double hab = 0;
        double ga = 0;
        double gb = 0;
        for (int i = 0; i < f.length; i++) {
            double p = probability(f[i]);
            double curvature = p * (1 - p);
            haa += f[i] * f[i] * curvature;
            hbb += curvature;
            hab += f[i] * curvature;
            ga += f[i] * (target[i] - p);
            gb += target[i] - p;
        }
        double determinant = haa * hbb - hab * hab;
        return new Newton(ga, gb, -(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant);
    }
}
