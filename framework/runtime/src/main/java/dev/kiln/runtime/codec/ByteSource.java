package dev.kiln.runtime.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteSink} wrote. It trusts nothing: what would lie beyond the end, or would need more memory than
 * its bytes account for, is a {@link CorruptDataException}. For one thread.
 */
public final class ByteSource {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** How much of what comes over a channel is looked at byte by byte. */
    private static final int WINDOW = 512;

    private final byte[] data;
    /** How many bytes of {@link #data} there are. */
    private int end;

    private int at;
    private long promised;
    private final long total;
    private final @Nullable ByteFeed feed;

    /** From the first byte. */
    public ByteSource(byte[] data) {
        this.data = data;
        this.end = data.length;
        this.total = data.length;
        this.feed = null;
    }

    /**
     * So many bytes from a channel, none of which is taken before it is needed; large arrays are filled from it without
     * a detour. A channel that ends early or fails is an {@link java.io.UncheckedIOException}.
     *
     * @param stage holds what has come and is not read yet; its content, between position and limit, comes first
     */
    public ByteSource(ReadableByteChannel channel, ByteBuffer stage, long length) {
        this.data = new byte[(int) Math.min(WINDOW, length)];
        this.total = length;
        this.feed = new ByteFeed(channel, stage, length);
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
        if (value < 0 || value > left() - promised || value > Integer.MAX_VALUE) {
            throw corrupt("a length of " + value + " where " + (left() - promised) + " bytes are left");
        }
        promised += value;
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
        if (length < 0 || length > Math.min(left(), Integer.MAX_VALUE)) {
            throw corrupt("a string of " + length + " characters");
        }
        if ((head & 1) == 0) {
            if (length > end - at && feed != null) {
                byte[] latin = new byte[(int) length];
                elements(latin, ValueLayout.JAVA_BYTE, latin.length);
                return new String(latin, StandardCharsets.ISO_8859_1);
            }
            need(length);
            String text = new String(data, at, (int) length, StandardCharsets.ISO_8859_1);
            at += (int) length;
            return text;
        }
        enough(2 * length);
        // Not by a charset, which would replace the half surrogate pairs that Java strings may hold.
        char[] chars = new char[(int) length];
        elements(chars, Layouts.CHARS, chars.length);
        return new String(chars);
    }

    /** Fills an array. */
    public void bytes(byte[] into) {
        enough(into.length);
        elements(into, ValueLayout.JAVA_BYTE, into.length);
    }

    /** As {@link ByteSink#block}. */
    public byte[] block() {
        byte[] block = new byte[length(1)];
        elements(block, ValueLayout.JAVA_BYTE, block.length);
        return block;
    }

    /** All that is left. */
    public byte[] rest() {
        byte[] rest = new byte[Math.toIntExact(left())];
        elements(rest, ValueLayout.JAVA_BYTE, rest.length);
        return rest;
    }

    /** The length of a primitive array whose elements take so many bytes each and follow. */
    int length(long width) {
        long value = varint();
        if (value < 0 || value > left() / width || value > Integer.MAX_VALUE) {
            throw corrupt("an array of " + value + " elements where " + left() + " bytes are left");
        }
        return (int) value;
    }

    /** Fills a primitive array. */
    void elements(Object array, ValueLayout layout, int count) {
        long bytes = count * layout.byteSize();
        if (bytes > end - at && feed != null) {
            enough(bytes);
            feed.takeBack(end - at);
            at = 0;
            end = 0;
            feed.fill(array, layout, count);
            return;
        }
        need(bytes);
        MemorySegment.copy(MemorySegment.ofArray(data), layout, at, array, 0, count);
        at += (int) bytes;
    }

    /** The end must be here. */
    public void end() {
        if (left() != 0) {
            throw corrupt(left() + " bytes more than the value has");
        }
    }

    /** An exception that says where reading failed. */
    public CorruptDataException corrupt(String found) {
        return new CorruptDataException(
                "the encoded value is damaged: found " + found + " at byte " + (total - left()) + " of " + total);
    }

    private long left() {
        return end - at + (feed == null ? 0 : feed.left());
    }

    /** So many bytes, few, in the window. */
    private void need(long bytes) {
        if (bytes < 0 || bytes > end - at) {
            enough(bytes);
            if (feed == null) {
                throw new IllegalStateException("bytes that are left and not here");
            }
            feed.takeBack(end - at);
            at = 0;
            end = feed.take(data, (int) bytes);
        }
    }

    private void enough(long bytes) {
        if (bytes < 0 || bytes > left()) {
            throw new CorruptDataException("the encoded value is cut short: byte " + (total - left()) + " of " + total
                    + " begins something of " + bytes + " bytes");
        }
    }
}
