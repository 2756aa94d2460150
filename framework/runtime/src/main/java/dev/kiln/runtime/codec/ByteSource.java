package dev.kiln.runtime.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteSink} wrote. It trusts nothing: what would lie beyond the end, or would need more memory than
 * its bytes account for, is a {@link CorruptDataException}. For one thread.
 */
public final class ByteSource {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private int at;
    private int promised;

    /** From the first byte. */
    public ByteSource(byte[] data) {
        this.data = data;
    }

    /** One byte, 0 to 255. */
    public int u8() {
        need(1);
        return data[at++] & 0xFF;
    }

    /** Eight bytes. */
    public long i64() {
        need(8);
        long value = (long) LONG.get(data, at);
        at += 8;
        return value;
    }

    /** Four bytes. */
    public int i32() {
        need(4);
        int value = (int) INT.get(data, at);
        at += 4;
        return value;
    }

    /** As {@link ByteSink#varint}. */
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw corrupt("an integer of more than ten bytes");
    }

    /** As {@link ByteSink#signed}. */
    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A {@link #signed} number that fits an int. */
    public int signedInt() {
        long value = signed();
        if (value != (int) value) {
            throw corrupt("the number " + value + " where an int belongs");
        }
        return (int) value;
    }

    /** A {@link #varint} from 0 to below a limit. */
    public int index(int limit) {
        long value = varint();
        if (value < 0 || value >= limit) {
            throw corrupt("the index " + value + " where at most " + (limit - 1) + " is possible");
        }
        return (int) value;
    }

    /**
     * How many elements follow, each of which takes at least one byte. The elements of all that was begun and is not
     * finished must together fit what is left; {@link #arrived} says that one of them begins.
     */
    public int count() {
        long value = varint();
        if (value < 0 || value > data.length - at - promised) {
            throw corrupt("a length of " + value + " where " + (data.length - at - promised) + " bytes are left");
        }
        promised += (int) value;
        return (int) value;
    }

    /** One element of those counted begins. */
    public void arrived() {
        promised--;
    }

    /** As {@link ByteSink#string}. */
    public String string() {
        long head = varint();
        long length = head >>> 1;
        if (length < 0 || length > data.length) {
            throw corrupt("a string of " + length + " characters");
        }
        if ((head & 1) == 0) {
            need(length);
            String text = new String(data, at, (int) length, StandardCharsets.ISO_8859_1);
            at += (int) length;
            return text;
        }
        need(2 * length);
        // Not by a charset, which would replace the half surrogate pairs that Java strings may hold.
        char[] chars = new char[(int) length];
        elements(chars, Layouts.CHARS, chars.length);
        return new String(chars);
    }

    /** As {@link ByteSink#block}. */
    public byte[] block() {
        byte[] block = new byte[length(1)];
        elements(block, ValueLayout.JAVA_BYTE, block.length);
        return block;
    }

    /** The length of a primitive array whose elements take so many bytes each and follow. */
    int length(long width) {
        long value = varint();
        if (value < 0 || value > (data.length - at) / width) {
            throw corrupt("an array of " + value + " elements where " + (data.length - at) + " bytes are left");
        }
        return (int) value;
    }

    /** Fills a primitive array. */
    void elements(Object array, ValueLayout layout, int count) {
        long bytes = count * layout.byteSize();
        need(bytes);
        MemorySegment.copy(MemorySegment.ofArray(data), layout, at, array, 0, count);
        at += (int) bytes;
    }

    /** The end must be here. */
    public void end() {
        if (at != data.length) {
            throw corrupt((data.length - at) + " bytes more than the value has");
        }
    }

    /** An exception that says where reading failed. */
    public CorruptDataException corrupt(String found) {
        return new CorruptDataException(
                "the encoded value is damaged: found " + found + " at byte " + at + " of " + data.length);
    }

    private void need(long bytes) {
        if (bytes < 0 || bytes > data.length - at) {
            throw new CorruptDataException("the encoded value is cut short: byte " + at + " of " + data.length
                    + " begins something of " + bytes + " bytes");
        }
    }
}
