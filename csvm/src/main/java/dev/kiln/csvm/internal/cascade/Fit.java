package dev.kiln.csvm.internal.cascade;

import dev.kiln.dislib.Block;

/**
 * How numbers were met, over some rows.
 *
 * @param rows how many
 * @param mean of the targets
 * @param spread the sum of squares of targets less their mean
 * @param missed the sum of squares of targets less predictions
 */
public record Fit(long rows, double mean, double spread, double missed) {

    static final Fit NOTHING = new Fit(0, 0, 0, 0);

    /** Of two columns. */
    static Fit of(Block predicted, Block targets) {
        Fit fit = NOTHING;
        for (int i = 0; i < targets.rows(); i++) {
            double miss = targets.get(i, 0) - predicted.get(i, 0);
            fit = fit.and(new Fit(1, targets.get(i, 0), 0, miss * miss));
        }
        return fit;
    }

    /** Of targets that nothing is predicted for. */
    static Fit of(double[] targets) {
        Fit fit = NOTHING;
        for (double target : targets) {
            fit = fit.and(new Fit(1, target, 0, 0));
        }
        return fit;
    }

    /** Of both; T. F. Chan, G. H. Golub, R. J. LeVeque: Updating formulae and a pairwise algorithm, 1979. */
    Fit and(Fit other) {
        long both = rows + other.rows;
        if (both == 0) {
            return this;
        }
        double apart = other.mean - mean;
        double part = other.rows / (double) both;
        return new Fit(
                both, mean + apart * part, spread + other.spread + apart * apart * rows * part, missed + other.missed);
    }

    /** R^2. */
    public double share() {
        return share(missed, spread);
    }

    /** {@code 1 - missed / spread}; where nothing is spread, 1 if nothing is missed and else 0. */
    static double share(double missed, double spread) {
        return spread > 0 ? 1 - missed / spread : missed == 0 ? 1 : 0;
    }
}
