package dev.kiln.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries by number. Numbers are given in order, so entries stand in chunks of consecutive numbers: four bytes each,
 * no hashing, and a chunk is let go when all of its entries are forgotten.
 */
final class EntryTable {

    private static final int BITS = 9;
    private static final int CHUNK = 1 << BITS;

    private @Nullable Chunk[] chunks = new Chunk[16];
    private int size;

    private static final class Chunk {
        final @Nullable Entry[] entries = new Entry[CHUNK];
        int used;
    }

    int size() {
        return size;
    }

    @Nullable Entry get(long id) {
        long index = id >>> BITS;
        if (index >= chunks.length) {
            return null;
        }
        Chunk chunk = chunks[(int) index];
        return chunk == null ? null : chunk.entries[(int) id & CHUNK - 1];
    }

    void add(Entry entry) {
        long index = entry.id >>> BITS;
        if (entry.id < 0 || index > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "task number " + entry.id + ": expected numbers from 0 on, given in order");
        }
        if (index >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max((int) index + 1, 2 * chunks.length));
        }
        Chunk chunk = chunks[(int) index];
        if (chunk == null) {
            chunk = new Chunk();
            chunks[(int) index] = chunk;
        }
        int place = (int) entry.id & CHUNK - 1;
        if (chunk.entries[place] != null) {
            throw new IllegalArgumentException("task number " + entry.id + " is taken: numbers are used once");
        }
        chunk.entries[place] = entry;
        chunk.used++;
        size++;
    }

    /** The values that a node holds. */
    List<Entry> heldBy(int node) {
        List<Entry> held = new ArrayList<>();
        forEach(value -> {
            if (value.heldBy(node)) {
                held.add(value);
            }
        });
        return held;
    }

    void remove(Entry entry) {
        int index = (int) (entry.id >>> BITS);
        Chunk chunk = chunks[index];
        int place = (int) entry.id & CHUNK - 1;
        if (chunk == null || chunk.entries[place] != entry) {
            throw new IllegalStateException(entry.label() + " was forgotten twice");
        }
        chunk.entries[place] = null;
        size--;
        if (--chunk.used == 0) {
            chunks[index] = null;
        }
    }

    /** All, in the order of their numbers. */
    void forEach(Consumer<Entry> action) {
        for (Chunk chunk : chunks) {
            if (chunk != null) {
                for (Entry entry : chunk.entries) {
                    if (entry != null) {
                        action.accept(entry);
                    }
                }
            }
        }
    }
}
