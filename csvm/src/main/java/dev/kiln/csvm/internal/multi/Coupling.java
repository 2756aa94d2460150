package dev.kiln.csvm.internal.multi;

import java.util.Arrays;

/** Makes one probability a class of those of all pairs. */
final class Coupling {

    private static final double LEAST = 1e-7;

    private Coupling() {}

    /**
     * Minimises {@code sum_ij (r_ji p_i - r_ij p_j)^2} over probabilities p that add up to 1: T.-F. Wu, C.-J. Lin,
     * R. C. Weng, Probability estimates for multi-class classification by pairwise coupling, JMLR 5, 2004, algorithm 2.
     *
     * @param r {@code r[i][j]} the probability of class i given that it is i or j; the diagonal is not read
     */
    static double[] couple(double[][] r) {
        int k = r.length;
        double[][] q = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                if (i != j) {
                    q[i][i] += r[j][i] * r[j][i];
                    q[i][j] = -r[j][i] * r[i][j];
                }
            }
        }
        double[] p = new double[k];
        Arrays.fill(p, 1.0 / k);
        double[] qp = new double[k];
        for (int round = 0; round < Math.max(100, k); round++) {
            double pqp = 0;
            for (int i = 0; i < k; i++) {
                qp[i] = 0;
                for (int j = 0; j < k; j++) {
                    qp[i] += q[i][j] * p[j];
                }
                pqp += p[i] * qp[i];
            }
            double worst = 0;
            for (double value : qp) {
                worst = Math.max(worst, Math.abs(value - pqp));
            }
            if (worst < 0.005 / k) {
                break;
            }
            for (int i = 0; i < k; i++) {
                double change = (pqp - qp[i]) / q[i][i];
                double scale = 1 + change;
                pqp = (pqp + change * (change * q[i][i] + 2 * qp[i])) / (scale * scale);
                p[i] += change;
                for (int j = 0; j < k; j++) {
                    qp[j] = (qp[j] + change * q[i][j]) / scale;
                    p[j] /= scale;
                }
            }
        }
        return p;
    }

    /** Keeps a probability of a pair away from 0 and 1, where the coupling would divide by 0. */
    static double inside(double probability) {
        return Math.clamp(probability, LEAST, 1 - LEAST);
    }
}
