package dev.kiln.runtime.driver;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The refs to one value, as far as the program has not lost them: programs seldom delete what they only drop, and a
 * checkpoint need not have what nobody can ask for. Thread-safe.
 */
final class Handles {

    private final List<WeakReference<DriverRef<?>>> refs = new ArrayList<>(1);

    synchronized void add(DriverRef<?> ref) {
        refs.add(new WeakReference<>(ref));
    }

    /** Whether the program may still use one. */
    synchronized boolean any() {
        refs.removeIf(ref -> {
            DriverRef<?> there = ref.get();
            return there == null || there.gone != null;
        });
        return !refs.isEmpty();
    }
}
