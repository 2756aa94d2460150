package dev.kiln.runtime.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers objects by identity: a hash table with open addressing, since most values hold only a few. For one thread. */
@SuppressWarnings("ReferenceEquality") // Identity is what it is for.
final class Identities {

    /** Not seen yet. */
    static final int UNKNOWN = -1;

    /** Begun, and not finished: to meet it now is a cycle. */
    static final int OPEN = -2;

    private @Nullable Object[] keys = new @Nullable Object[8];
    private int[] numbers = new int[8];
    private int size;
    private int finished;

    /** The object's number, or that it was not seen; then it is open from now on. */
    int open(Object key) {
        int mask = keys.length - 1;
        int slot = spread(key) & mask;
        for (Object found; (found = keys[slot]) != null; slot = (slot + 1) & mask) {
            if (found == key) {
                return numbers[slot];
            }
        }
        keys[slot] = key;
        numbers[slot] = OPEN;
        if (++size * 2 > keys.length) {
            grow();
        }
        return UNKNOWN;
    }

    /** Gives the object the next number. */
    void finish(Object key) {
        int mask = keys.length - 1;
        int slot = spread(key) & mask;
        while (keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        numbers[slot] = finished++;
    }

    private void grow() {
        @Nullable Object[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = Arrays.copyOf(new @Nullable Object[0], oldKeys.length * 2);
        numbers = new int[keys.length];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            Object key = oldKeys[i];
            if (key != null) {
                int slot = spread(key) & mask;
                while (keys[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = key;
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int spread(Object key) {
        int hash = System.identityHashCode(key);
        return hash ^ (hash >>> 15);
    }
}
