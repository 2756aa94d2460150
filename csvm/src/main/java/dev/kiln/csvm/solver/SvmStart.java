package dev.kiln.csvm.solver;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where to begin: signed multipliers, one a point. They need not be feasible.
 *
 * @param beta the multipliers
 * @param f {@code sum_s beta_s K_ts + linear_t} for these multipliers where that is known, which saves computing it
 */
public record SvmStart(double[] beta, double @Nullable [] f) {

    /** {@link #f} if it belongs to these multipliers, which it does when making them feasible changed nothing. */
    double @Nullable [] gradientOf(double[] used) {
        return Arrays.equals(beta, used) ? f : null;
    }
}
