package dev.kiln.runtime.codec;

import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Writes and reads arrays of primitives in bulk. */
final class PrimitiveArrays {

    private PrimitiveArrays() {}

    /** Writes length and elements; false when the kind is not one of theirs. */
    static boolean write(Kind kind, Object array, ByteSink out) {
        switch (kind) {
            case BOOLEANS -> {
                boolean[] flags = (boolean[]) array;
                byte[] bytes = new byte[flags.length];
                for (int i = 0; i < flags.length; i++) {
                    bytes[i] = (byte) (flags[i] ? 1 : 0);
                }
                out.block(bytes);
            }
            case BYTES -> bulk(array, Layouts.BYTES, ((byte[]) array).length, out);
            case CHARS -> bulk(array, Layouts.CHARS, ((char[]) array).length, out);
            case SHORTS -> bulk(array, Layouts.SHORTS, ((short[]) array).length, out);
            case INTS -> bulk(array, Layouts.INTS, ((int[]) array).length, out);
            case LONGS -> bulk(array, Layouts.LONGS, ((long[]) array).length, out);
            case FLOATS -> bulk(array, Layouts.FLOATS, ((float[]) array).length, out);
            case DOUBLES -> bulk(array, Layouts.DOUBLES, ((double[]) array).length, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The array, or null when the kind is not one of theirs. */
    static @Nullable Object read(Kind kind, ByteSource in) {
        return switch (kind) {
            case BOOLEANS -> {
                byte[] bytes = in.block();
                boolean[] flags = new boolean[bytes.length];
                for (int i = 0; i < bytes.length; i++) {
                    flags[i] = bytes[i] != 0;
                }
                yield flags;
            }
            case BYTES -> in.block();
            case CHARS -> filled(new char[in.length(2)], Layouts.CHARS, in);
            case SHORTS -> filled(new short[in.length(2)], Layouts.SHORTS, in);
            case INTS -> filled(new int[in.length(4)], Layouts.INTS, in);
            case LONGS -> filled(new long[in.length(8)], Layouts.LONGS, in);
            case FLOATS -> filled(new float[in.length(4)], Layouts.FLOATS, in);
            case DOUBLES -> filled(new double[in.length(8)], Layouts.DOUBLES, in);
            default -> null;
        };
    }

    /** A copy, or null when the kind is not one of theirs. */
    static @Nullable Object copy(Kind kind, Object array) {
        return switch (kind) {
            case BOOLEANS -> ((boolean[]) array).clone();
            case BYTES -> ((byte[]) array).clone();
            case CHARS -> ((char[]) array).clone();
            case SHORTS -> ((short[]) array).clone();
            case INTS -> ((int[]) array).clone();
            case LONGS -> ((long[]) array).clone();
            case FLOATS -> ((float[]) array).clone();
            case DOUBLES -> ((double[]) array).clone();
            default -> null;
        };
    }

    private static void bulk(Object array, ValueLayout layout, int length, ByteSink out) {
        out.varint(length);
        out.array(array, layout, length);
    }

    private static Object filled(Object array, ValueLayout layout, ByteSource in) {
        in.elements(array, layout, java.lang.reflect.Array.getLength(array));
        return array;
    }
}
