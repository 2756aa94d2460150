package dev.kiln.runtime.node;

import org.jspecify.annotations.Nullable;

/** What can be told of a value from its class alone, without walking it. */
public final class PlainValues {

    private static final int SHORT_TEXT = 512;

    private PlainValues() {}

    /** Whether nobody can change it: null, a box, a string or an enum constant. Such values are shared freely. */
    public static boolean immutable(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Double
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof Float
                || value instanceof Character
                || value instanceof Short
                || value instanceof Byte;
    }

    /** Whether it is immutable and no larger than what a message carries anyway. */
    public static boolean small(@Nullable Object value) {
        return immutable(value) && !(value instanceof String text && text.length() > SHORT_TEXT);
    }

    /** Whether it can certainly be encoded; false says nothing. */
    public static boolean travels(@Nullable Object value) {
        return immutable(value)
                || value instanceof double[]
                || value instanceof float[]
                || value instanceof long[]
                || value instanceof int[]
                || value instanceof short[]
                || value instanceof char[]
                || value instanceof byte[]
                || value instanceof boolean[];
    }
}
