package dev.kiln.csvm.solver;

import java.util.Arrays;

/**
 * Minimises {@code 1/2 a'Qa + p'a} for {@code 0 <= a <= c} and {@code y'a = sum}, with {@code Q_st = y_s y_t k_st},
 * slowly and plainly, in doubles: accelerated projected gradient, where the projection onto the box and the hyperplane is
 * found by bisection. For a dozen points.
 */
record ReferenceQp(double[][] k, byte[] y, double[] p, double[] c, double sum) {

    /** The optimum of the machine for two classes, to be maximised. */
    static double objective(double[][] k, byte[] y, double c) {
        return new ReferenceQp(k, y, filled(y.length, -1), filled(y.length, c), 0).solve();
    }

    /** The optimum of epsilon-regression, to be maximised, with two unknowns a row. */
    static double regression(double[][] k, double[] targets, double c, double epsilon) {
        int n = targets.length;
        double[][] twice = new double[2 * n][2 * n];
        byte[] y = new byte[2 * n];
        double[] p = new double[2 * n];
        for (int i = 0; i < 2 * n; i++) {
            y[i] = (byte) (i < n ? 1 : -1);
            p[i] = epsilon - y[i] * targets[i % n];
            for (int j = 0; j < 2 * n; j++) {
                twice[i][j] = k[i % n][j % n];
            }
        }
        return new ReferenceQp(twice, y, p, filled(2 * n, c), 0).solve();
    }

    /** The optimum of the machine for one class, to be maximised. */
    static double oneClass(double[][] k, double[] c, double sum) {
        byte[] y = new byte[k.length];
        Arrays.fill(y, (byte) 1);
        return new ReferenceQp(k, y, filled(y.length, 0), c, sum).solve();
    }

    private static double[] filled(int n, double value) {
        double[] filled = new double[n];
        Arrays.fill(filled, value);
        return filled;
    }

    private double solve() {
        int n = y.length;
        double lipschitz = 1e-9;
        for (double[] row : k) {
            double total = 0;
            for (double v : row) {
                total += Math.abs(v);
            }
            lipschitz = Math.max(lipschitz, total);
        }
        double[] a = project(new double[n]);
        double[] z = a.clone();
        double momentum = 1;
        double best = value(a);
        for (int it = 0; it < 30_000; it++) {
            double[] g = gradient(z);
            double[] moved = new double[n];
            for (int t = 0; t < n; t++) {
                moved[t] = z[t] + g[t] / lipschitz;
            }
            double[] next = project(moved);
            double value = value(next);
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

    private double[] gradient(double[] a) {
        double[] g = new double[a.length];
        for (int t = 0; t < a.length; t++) {
            double total = 0;
            for (int s = 0; s < a.length; s++) {
                total += a[s] * y[s] * k[t][s];
            }
            g[t] = -p[t] - y[t] * total;
        }
        return g;
    }

    private double value(double[] a) {
        double[] g = gradient(a);
        double total = 0;
        for (int t = 0; t < a.length; t++) {
            total += 0.5 * a[t] * (g[t] - p[t]);
        }
        return total;
    }

    private double[] project(double[] a) {
        double low = -1e6;
        double high = 1e6;
        for (int it = 0; it < 100; it++) {
            double shift = (low + high) / 2;
            double total = 0;
            for (int t = 0; t < a.length; t++) {
                total += y[t] * Math.clamp(a[t] - shift * y[t], 0, c[t]);
            }
            if (total > sum) {
                low = shift;
            } else {
                high = shift;
            }
        }
        double[] out = new double[a.length];
        for (int t = 0; t < a.length; t++) {
            out[t] = Math.clamp(a[t] - (low + high) / 2 * y[t], 0, c[t]);
        }
        return out;
    }
}
