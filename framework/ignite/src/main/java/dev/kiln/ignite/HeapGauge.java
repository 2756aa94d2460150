package dev.kiln.ignite;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/** Whether this JVM's heap has room for more objects that stay. */
final class HeapGauge {

    private static final double MOST = 0.9;

    private HeapGauge() {}

    /** Why there is none, in one line; null when there is. What was in use after the last collection counts. */
    static @Nullable String full(String node) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            @Nullable MemoryUsage kept = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            boolean tenured = pool.getName().contains("Old") || pool.getName().contains("Tenured");
            if (tenured && kept != null && kept.getMax() > 0 && kept.getUsed() > MOST * kept.getMax()) {
                return node + " is full: " + Bytes.text(kept.getUsed()) + " of the " + Bytes.text(kept.getMax())
                        + " of its heap for objects that stay are in use; delete some, or start it with a larger heap";
            }
        }
        return null;
    }
}
