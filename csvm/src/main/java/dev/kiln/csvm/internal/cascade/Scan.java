package dev.kiln.csvm.internal.cascade;

/**
 * What looking through a block found. Only the parts asked for travel; the sums stay where the block is.
 *
 * @param sums {@code sum_s beta_s k(x_s, x_t)} for each row t of the block
 * @param violators rows to solve for next
 * @param found what the driver is told
 */
public record Scan(double[] sums, Violators violators, Found found) {

    /**
     * Rows of one block, or of all, that have no multiplier.
     *
     * @param count how many of them break the conditions by more than they may
     * @param lowest the lowest f of those of label +1; positive infinity when there is none
     * @param highest the highest f of those of label -1; negative infinity when there is none
     * @param penalty the sum of the losses of all rows, those with a multiplier included, each times its own C; NaN where
     *     nobody asked
     */
    public record Found(long count, double lowest, double highest, double penalty) {

        public static final Found NOTHING = new Found(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0);

        /** Without losses. */
        public Found(long count, double lowest, double highest) {
            this(count, lowest, highest, Double.NaN);
        }

        public Found and(Found other) {
            return new Found(
                    count + other.count,
                    Math.min(lowest, other.lowest),
                    Math.max(highest, other.highest),
                    penalty + other.penalty);
        }

        /** By how much these rows and those of a machine break the conditions at most: libsvm's {@code m - M}. */
        public double violation(Machine.State machine) {
            return Math.max(0, Math.max(highest, machine.highest()) - Math.min(lowest, machine.lowest()));
        }
    }
}
