package dev.kiln.runtime.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects by number, in two arrays, so that millions of them cost the collector next to nothing. Numbers that follow each
 * other lie beside each other in blocks of 16; whole blocks are scattered, so that old ones stand in nobody's way. Open
 * addressing with linear probing, at most half full. Not thread-safe.
 *
 * @param <V> what is kept
 */
final class LongTable<V> {

    private static final int BLOCK_BITS = 4;
    private static final int SMALLEST = 64;

    private long[] keys = new long[SMALLEST];
    private @Nullable Object[] values = new Object[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // put takes nothing else
    @Nullable V get(long key) {
        return (V) values[find(key)];
    }

    void put(long key, V value) {
        int at = find(key);
        if (values[at] == null) {
            if (2 * (size + 1) > keys.length) {
                grow();
                at = find(key);
            }
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    /** What was there before, which stays, or null. */
    @Nullable V putIfAbsent(long key, V value) {
        V before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    void remove(long key) {
        int at = find(key);
        if (values[at] == null) {
            return;
        }
        size--;
        // What was pushed on by this one moves up, so that no search ends too soon.
        int mask = keys.length - 1;
        int hole = at;
        for (int next = (hole + 1) & mask; values[next] != null; next = (next + 1) & mask) {
            int home = home(keys[next]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        values[hole] = null;
    }

    void clear() {
        keys = new long[SMALLEST];
        values = new Object[SMALLEST];
        size = 0;
    }

    /** A copy of all that is kept, in no particular order. */
    @SuppressWarnings("unchecked") // put takes nothing else
    List<V> values() {
        List<V> all = new ArrayList<>(size);
        for (Object value : values) {
            if (value != null) {
                all.add((V) value);
            }
        }
        return all;
    }

    /** Where it is, or would be. */
    private int find(long key) {
        int mask = keys.length - 1;
        int at = home(key);
        while (values[at] != null && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long key) {
        // By the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
        long block = (key >>> BLOCK_BITS) * 0x9E3779B97F4A7C15L;
        return ((int) (block >>> 32) << BLOCK_BITS | ((int) key & ((1 << BLOCK_BITS) - 1))) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            Object value = oldValues[i];
            if (value != null) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = value;
            }
        }
    }
}
