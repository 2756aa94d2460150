package dev.kiln.runtime.node;

import java.util.LinkedHashSet;
import java.util.Set;

/** Values that came to a node and of which the driver does not know yet; belongs to a {@link NodeWorkflow}'s monitor. */
final class Unreported {

    private static final long[] NONE = {};

    private final Set<Long> values = new LinkedHashSet<>();

    void add(long value) {
        values.add(value);
    }

    void remove(long value) {
        if (!values.isEmpty()) { // as it is for most tasks, which would have their number boxed for nothing
            values.remove(value);
        }
    }

    /** All of them, for the next answer. */
    long[] take() {
        if (values.isEmpty()) {
            return NONE;
        }
        long[] taken = values.stream().mapToLong(Long::longValue).toArray();
        values.clear();
        return taken;
    }
}
