package dev.kiln.csvm.internal.cascade;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SvmSolution;
import dev.kiln.dislib.DsArray;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Support vectors, as tasks hand them on: in the order of their ids, so that sums over them have one order.
 *
 * @param points the rows
 * @param labels +1 or -1
 * @param terms what they weigh, and their targets
 * @param ids their numbers in the whole array, ascending
 * @param beta the signed multipliers {@code y alpha}; zero for rows that are only candidates, see {@link #of}
 * @param f {@code sum_s beta_s k(x_s, x_t)} less what is wanted, {@code y_t}, for each row t
 * @param state what the solver said
 */
public record Machine(
        Points points, byte[] labels, RowTerms terms, long[] ids, double[] beta, double[] f, State state) {

    /** Rows without a multiplier that are kept at most. */
    public static final int MOST_SPARE = 1000;

    /** How near to a bound f counts as on it: what adding up leaves of equal values. */
    public static final double TIE = 1e-6;

    /** Half of the tolerance, less what rounding may add: when no row is outside, all are within the tolerance. */
    private static final double WINDOW = 0.499;

    /**
     * What the driver is told of a machine.
     *
     * @param lowest below this, f of a row of label +1 that is no support vector breaks the optimality conditions
     * @param highest above this, f of a row of label -1 that is no support vector breaks them
     * @param rho the threshold of the decision function
     * @param objective the dual objective
     * @param quadratic {@code sum_st beta_s beta_t k(x_s, x_t)}
     * @param sum {@code sum_s beta_s}, 0 but for one class
     * @param violation by how much the conditions are broken among the rows solved
     * @param supportVectors the number of rows with a multiplier
     * @param rowsSolved the number of rows that were solved
     * @param iterations the solver's steps
     */
    public record State(
            double lowest,
            double highest,
            double rho,
            double objective,
            double quadratic,
            double sum,
            double violation,
            int supportVectors,
            int rowsSolved,
            long iterations) {

        public static State of(byte[] labels, RowTerms terms, SvmSolution s, Aim aim) {
            int count = 0;
            double quadratic = 0;
            double sum = 0;
            for (int t = 0; t < labels.length; t++) {
                if (s.beta()[t] != 0) {
                    count++;
                    quadratic += s.beta()[t] * (s.f()[t] + aim.wanted(labels, terms, t));
                    sum += s.beta()[t];
                }
            }
            // Where one side has nothing to move, the threshold stands for its bound.
            double lowest = Double.isInfinite(s.lowest()) ? s.rho() : s.lowest();
            double highest = Double.isInfinite(s.highest()) ? s.rho() : s.highest();
            return new State(
                    lowest,
                    highest,
                    s.rho(),
                    s.objective(),
                    quadratic,
                    sum,
                    Math.max(0, highest - lowest),
                    count,
                    labels.length,
                    s.iterations());
        }

        /** A row that can be raised breaks the conditions by more than it may when its slope is below. */
        public double low(double tolerance) {
            return Math.min(lowest, (lowest + highest) / 2 - WINDOW * tolerance);
        }

        /** A row that can be lowered breaks the conditions by more than it may when its slope is above. */
        public double high(double tolerance) {
            return Math.max(highest, (lowest + highest) / 2 + WINDOW * tolerance);
        }
    }

    int size() {
        return ids.length;
    }

    /** These of its rows, in this order, which must be that of the ids. */
    Machine select(int[] which) {
        byte[] y = new byte[which.length];
        long[] id = new long[which.length];
        double[] b = new double[which.length];
        double[] g = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            y[i] = labels[which[i]];
            id[i] = ids[which[i]];
            b[i] = beta[which[i]];
            g[i] = f[which[i]];
        }
        return new Machine(points.select(which), y, terms.select(which), id, b, g, state);
    }

    /** The model of it. */
    ModelData model(CascadeSvmOptions options, DsArray x, Certificate certificate) {
        Machine vectors = vectors();
        return ModelData.of(vectors.points, vectors.beta, vectors.ids, state.rho(), options, x, certificate);
    }

    /** Those of its rows that have a multiplier. */
    Machine vectors() {
        return select(IntStream.range(0, size()).filter(i -> beta[i] != 0).toArray());
    }

    /**
     * The support vectors of a solution, and the rows without a multiplier that its bounds stand for. Were these dropped,
     * two rows of opposite labels, neither of which any support vector speaks against, might take turns in joining and
     * being dropped forever. There are few, but for rows that are equal.
     */
    static Machine of(Points points, byte[] labels, RowTerms terms, long[] ids, SvmSolution s, Aim aim) {
        int[] vectors = new int[labels.length];
        int kept = 0;
        int spare = MOST_SPARE;
        for (int t = 0; t < labels.length; t++) {
            if (s.beta()[t] == 0) {
                boolean bound = aim.raise(labels[t], s.f()[t]) <= s.lowest() + TIE
                        || aim.lower(labels[t], s.f()[t]) >= s.highest() - TIE;
                if (bound && terms.weight(t) > 0 && spare-- > 0) {
                    vectors[kept++] = t;
                }
            } else {
                vectors[kept++] = t;
            }
        }
        State state = State.of(labels, terms, s, aim);
        return new Machine(points, labels, terms, ids, s.beta(), s.f(), state).select(Arrays.copyOf(vectors, kept));
    }
}
