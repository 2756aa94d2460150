package dev.kiln.csvm.internal.rows.samples;

import dev.kiln.csvm.internal.cascade.Placer;

public interface LooksUp {
    Placer placer();
}
