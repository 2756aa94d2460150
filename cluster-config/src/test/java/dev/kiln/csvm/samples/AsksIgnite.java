package dev.kiln.csvm.samples;

import org.apache.ignite.Ignite;

public final class AsksIgnite {
    String name(Ignite ignite) {
        return ignite.name();
    }
}
