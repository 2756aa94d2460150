package dev.kiln.runtime.codec;

import org.jspecify.annotations.Nullable;

/**
 * What the codec knows of a class: how its objects are written.
 *
 * @param type the class to name: for enums the one that declares the constants
 * @param record how to take its objects apart, where they are records
 */
record Shape(Class<?> type, Kind kind, @Nullable RecordForm record) {}
