package dev.kiln.runtime.objects;

import java.util.BitSet;

/**
 * Which of a caller's numbered calls have come, so that one that comes twice runs once. What is further back than the
 * window counts as seen: such a call is not run, of which its caller is told. Not thread-safe.
 */
final class SeenNumbers {

    static final int WINDOW = 1 << 16;

    private final BitSet seen = new BitSet(WINDOW);
    private long highest = -1;

    /** Whether this number is new; from now on it is not. */
    boolean add(long number) {
        if (number <= highest - WINDOW) {
            return false;
        }
        if (number > highest) {
            if (number - highest >= WINDOW) {
                seen.clear();
            } else {
                for (long gone = highest + 1; gone <= number; gone++) {
                    seen.clear(slot(gone));
                }
            }
            highest = number;
        }
        int slot = slot(number);
        if (seen.get(slot)) {
            return false;
        }
        seen.set(slot);
        return true;
    }

    private static int slot(long number) {
        return (int) (number & (WINDOW - 1));
    }
}
