package dev.kiln.csvm.internal.linear;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Dual coordinate descent on the rows of one block (C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan: A
 * dual coordinate descent method for large-scale linear SVM, ICML 2008; algorithm 3, with shrinking): one multiplier at a
 * time goes where the dual objective is greatest along it, and the weights follow at once. The first pass of a visit is
 * over all rows; the rest leaves alone those that stand at a bound and are not likely to leave it.
 *
 * <p>Where there are several lanes, each takes all changes for so many times what they are, so that all of them can be
 * added (C. Ma, V. Smith, M. Jaggi and others: Adding vs. averaging in distributed primal-dual optimization, ICML 2015;
 * gamma 1, sigma' the number of lanes).
 *
 * <p>An instance makes one visit, in one thread. The result depends on the arguments alone.
 */
final class Descent {

    /** A projected gradient of less is none. */
    private static final double NOTHING = 1e-12;

    private final LinearBlock block;
    private final LinearGoal goal;
    private final double sigma;
    private final double centre;
    private final int lanes;
    private final double[] alpha;
    private final double[] w;
    private double s;
    private double most;
    private double least;

    private Descent(LinearBlock block, Duals duals, Plane plane, Front front, LinearGoal goal, int lanes) {
        this.block = block;
        this.goal = goal;
        this.sigma = plane.sigma();
        this.centre = plane.centre();
        this.lanes = lanes;
        this.alpha = duals.alpha().clone();
        this.w = front.w().clone();
        this.s = front.s();
    }

    /** What a visit leaves: the block's multipliers, and the lane's front for the next block. */
    record Visit(Duals duals, Front front) {}

    /**
     * How to visit.
     *
     * @param lanes there are
     * @param passes to make at most
     * @param all whether all rows are visited, or those alone that the last visit did not find idle
     * @param tolerance passes end when projected gradients are within it
     * @param seed draws the order of the rows
     */
    record Manner(int lanes, int passes, boolean all, double tolerance, long seed) {}

    /**
     * Visits a block.
     *
     * @param plane where the round began
     * @param front where the lane stands
     */
    static Visit visit(LinearBlock block, Duals duals, Plane plane, Front front, LinearGoal goal, Manner manner) {
        return new Descent(block, duals, plane, front, goal, manner.lanes).run(duals, manner);
    }

    private Visit run(Duals duals, Manner manner) {
        var random = new SplittableRandom(manner.seed);
        int[] active = manner.all
                ? IntStream.range(0, alpha.length).toArray()
                : duals.active().clone();
        int count = pass(active, active.length, duals.most(), duals.least(), random);
        double firstMost = most;
        double firstLeast = least;
        for (int p = 1; p < manner.passes && count > 0 && most - least > manner.tolerance; p++) {
            count = pass(active, count, bound(most, 1), bound(least, -1), random);
        }
        return new Visit(
                new Duals(alpha, bound(firstMost, 1), bound(firstLeast, -1), Arrays.copyOf(active, count)),
                new Front(w, s));
    }

    /** A side on which nothing moved says nothing about what may be left alone. */
    private static double bound(double extreme, int sign) {
        return extreme * sign > 0 ? extreme : sign * Double.POSITIVE_INFINITY;
    }

    /** One pass over the first so many of these rows, in a random order; returns how many of them to visit again. */
    private int pass(int[] active, int count, double mostBefore, double leastBefore, SplittableRandom random) {
        most = Double.NEGATIVE_INFINITY;
        least = Double.POSITIVE_INFINITY;
        int kept = count;
        for (int k = 0; k < kept; k++) {
            swap(active, k, k + random.nextInt(kept - k));
            int i = active[k];
            double y = block.labels()[i];
            double c = goal.c(block.labels()[i]);
            double extra = goal.squared() ? 1 / (2 * c) : 0;
            double high = goal.squared() ? Double.POSITIVE_INFINITY : c;
            double gradient = y * (block.rows().dot(i, w) + centre + sigma * s) - 1;
            gradient += extra == 0 ? 0 : extra * alpha[i];
            boolean idle = (alpha[i] == 0 && gradient > mostBefore) || (alpha[i] == high && gradient < leastBefore);
            if (idle) {
                swap(active, k--, --kept);
                continue;
            }
            double projected =
                    alpha[i] == 0 ? Math.min(gradient, 0) : alpha[i] == high ? Math.max(gradient, 0) : gradient;
            most = Math.max(most, projected);
            least = Math.min(least, projected);
            if (Math.abs(projected) > NOTHING) {
                double curvature = lanes * (block.squaredNorms()[i] + sigma) + extra;
                double moved = Math.clamp(alpha[i] - gradient / curvature, 0, high);
                double change = (moved - alpha[i]) * y * lanes;
                alpha[i] = moved;
                block.rows().addTo(i, change, w);
                s += change;
            }
        }
        return kept;
    }

    private static void swap(int[] order, int a, int b) {
        int was = order[a];
        order[a] = order[b];
        order[b] = was;
    }
}
