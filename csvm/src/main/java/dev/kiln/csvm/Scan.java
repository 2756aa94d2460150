package dev.kiln.csvm;

/**
 * What looking through a block found. Only the parts asked for travel; the sums stay where the block is.
 *
 * @param sums {@code sum_s beta_s k(x_s, x_t)} for each row t of the block
 * @param violators rows to solve for next
 * @param found what the driver is told
 */
record Scan(double[] sums, Violators violators, Found found) {

    /**
     * Violators in one block, or in all.
     *
     * @param count how many rows break the conditions by more than they may
     * @param worst by how much, at most; 0 when none does
     */
    record Found(long count, double worst) {
        Found and(Found other) {
            return new Found(count + other.count, Math.max(worst, other.worst));
        }
    }
}
