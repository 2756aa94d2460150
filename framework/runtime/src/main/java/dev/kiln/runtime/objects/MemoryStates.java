package dev.kiln.runtime.objects;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps states for as long as the cluster is up. Thread-safe: all under its lock. */
public final class MemoryStates implements StateStore {

    private final Map<Long, NavigableMap<Long, byte[]>> snapshots = new HashMap<>();
    private final Map<Long, Kept> current = new HashMap<>();

    @Override
    public synchronized void snapshot(Card card, long version, byte[] state) {
        snapshots.computeIfAbsent(card.id(), id -> new TreeMap<>()).put(version, state);
    }

    @Override
    public synchronized void current(Card card, long version, byte[] state) {
        current.put(card.id(), new Kept(version, state));
    }

    @Override
    public synchronized @Nullable Kept latest(long object) {
        Kept last = current.get(object);
        NavigableMap<Long, byte[]> kept = snapshots.get(object);
        if (kept != null && (last == null || last.version() < kept.lastKey())) {
            return new Kept(kept.lastKey(), kept.lastEntry().getValue());
        }
        return last;
    }

    @Override
    public synchronized byte @Nullable [] snapshot(long object, long version) {
        NavigableMap<Long, byte[]> kept = snapshots.get(object);
        return kept == null ? null : kept.get(version);
    }

    @Override
    public synchronized List<Long> versions(long object) {
        NavigableMap<Long, byte[]> kept = snapshots.get(object);
        return kept == null ? List.of() : new ArrayList<>(kept.keySet());
    }

    @Override
    public synchronized void forget(long object) {
        snapshots.remove(object);
        current.remove(object);
    }

    @Override
    public List<Card> cards() {
        return List.of();
    }

    @Override
    public void jar(String name, byte[] jar) {
        // The cluster keeps it for as long as it is up.
    }

    @Override
    public List<Jar> jars() {
        return List.of();
    }
}
