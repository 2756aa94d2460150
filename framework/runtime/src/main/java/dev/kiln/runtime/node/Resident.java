package dev.kiln.runtime.node;

import org.jspecify.annotations.Nullable;

/** A live value that a node holds, and roughly how many bytes it takes. */
record Resident(@Nullable Object value, long bytes) {}
