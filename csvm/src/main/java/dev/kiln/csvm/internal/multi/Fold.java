package dev.kiln.csvm.internal.multi;

/**
 * Which rows take part, in cross-validation: a row's fold depends on its number in the array and the seed alone.
 *
 * @param number the fold, from 0, or -1 for all rows
 * @param held true for the rows of this fold, false for all others
 * @param seed of the draw
 */
record Fold(int number, boolean held, long seed) {

    /** How many folds there are. */
    static final int COUNT = 5;

    /** All rows. */
    static final Fold NONE = new Fold(-1, false, 0);

    boolean takes(long row) {
        return number < 0 || (Math.floorMod(mix(row ^ mix(seed)), COUNT) == number) == held;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014), which spreads neighbouring numbers. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
