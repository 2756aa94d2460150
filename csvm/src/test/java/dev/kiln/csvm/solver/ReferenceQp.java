package dev.kiln.csvm.solver;

/**
 * Solves the same dual slowly and plainly, in doubles: accelerated projected gradient, where the projection onto the box
 * and the hyperplane is found by bisection. For a dozen points.
 */
final class ReferenceQp {

    private ReferenceQp() {}

    static double objective(double[][] k, byte[] y, double c) {
        int n = y.length;
        double lipschitz = 1e-9;
        for (double[] row : k) {
            double sum = 0;
            for (double v : row) {
                sum += Math.abs(v);
            }
            lipschitz = Math.max(lipschitz, sum);
        }
        double[] a = new double[n];
        double[] z = new double[n];
        double momentum = 1;
        double best = 0;
        for (int it = 0; it < 60_000; it++) {
            double[] g = gradient(k, y, z);
            double[] moved = new double[n];
            for (int t = 0; t < n; t++) {
                moved[t] = z[t] + g[t] / lipschitz;
            }
            double[] next = project(moved, y, c);
            double value = value(k, y, next);
            boolean restart = value < best;
            double nextMomentum = restart ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            for (int t = 0; t < n; t++) {
                z[t] = restart ? next[t] : next[t] + (momentum - 1) / nextMomentum * (next[t] - a[t]);
            }
            a = next;
            momentum = nextMomentum;
            best = Math.max(best, value);
        }
        return best;
    }

    static double[][] gram(double[][] x, KernelFunction kernel) {
        double[][] k = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                double dot = 0;
                double distance = 0;
                for (int f = 0; f < x[i].length; f++) {
                    dot += x[i][f] * x[j][f];
                    distance += (x[i][f] - x[j][f]) * (x[i][f] - x[j][f]);
                }
                k[i][j] = switch (kernel) {
                    case KernelFunction.Rbf rbf -> Math.exp(-rbf.gamma() * distance);
                    case KernelFunction.Linear() -> dot;
                    case KernelFunction.Polynomial p -> Math.pow(p.gamma() * dot + p.coef0(), p.degree());
                    case KernelFunction.Sigmoid s -> Math.tanh(s.gamma() * dot + s.coef0());
                    case KernelFunction.Custom own -> own.kernel().value(floats(x[i]), floats(x[j]));
                };
            }
        }
        return k;
    }

    private static float[] floats(double[] row) {
        float[] x = new float[row.length];
        for (int f = 0; f < x.length; f++) {
            x[f] = (float) row[f];
        }
        return x;
    }

    private static double[] gradient(double[][] k, byte[] y, double[] a) {
        double[] g = new double[a.length];
        for (int t = 0; t < a.length; t++) {
            double sum = 0;
            for (int s = 0; s < a.length; s++) {
                sum += a[s] * y[s] * k[t][s];
            }
            g[t] = 1 - y[t] * sum;
        }
        return g;
    }

    private static double value(double[][] k, byte[] y, double[] a) {
        double[] g = gradient(k, y, a);
        double sum = 0;
        for (int t = 0; t < a.length; t++) {
            sum += 0.5 * a[t] * (1 + g[t]);
        }
        return sum;
    }

    private static double[] project(double[] a, byte[] y, double c) {
        double low = -1e6;
        double high = 1e6;
        for (int it = 0; it < 100; it++) {
            double shift = (low + high) / 2;
            double sum = 0;
            for (int t = 0; t < a.length; t++) {
                sum += y[t] * Math.clamp(a[t] - shift * y[t], 0, c);
            }
            if (sum > 0) {
                low = shift;
            } else {
                high = shift;
            }
        }
        double[] out = new double[a.length];
        for (int t = 0; t < a.length; t++) {
            out[t] = Math.clamp(a[t] - (low + high) / 2 * y[t], 0, c);
        }
        return out;
    }
}
