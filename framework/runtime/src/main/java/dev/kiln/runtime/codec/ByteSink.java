package dev.kiln.runtime.codec;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects bytes. Large primitive arrays are remembered and copied only once, when the exact size of the whole is
 * known, so they must not change before {@link #toBytes}. Numbers are little-endian or variable-length; the bits of
 * an integer stand seven to a byte, lowest first, the top bit saying that more follow. For one thread.
 */
public final class ByteSink {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int COPY_LATE_FROM = 4096;

    private byte[] buffer;
    private int size;
    private long lateBytes;
    private final List<Late> late = new ArrayList<>(0);

    /** An empty one. */
    public ByteSink() {
        this(128);
    }

    /** An empty one that can take so many bytes before it grows. */
    public ByteSink(int capacity) {
        this.buffer = new byte[capacity];
    }

    /** One byte. */
    public void u8(int value) {
        room(1);
        buffer[size++] = (byte) value;
    }

    /** Eight bytes. */
    public void i64(long value) {
        room(8);
        LONG.set(buffer, size, value);
        size += 8;
    }

    /** Four bytes. */
    public void i32(int value) {
        room(4);
        INT.set(buffer, size, value);
        size += 4;
    }

    /** An integer that is seldom negative, in one to ten bytes. */
    public void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** An integer of either sign that is mostly near zero. */
    public void signed(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** A string: its length, and one byte a character when all are below 256, else two. */
    public void string(String text) {
        int length = text.length();
        boolean narrow = true;
        for (int i = 0; i < length && narrow; i++) {
            narrow = text.charAt(i) < 256;
        }
        varint(((long) length << 1) | (narrow ? 0 : 1));
        room(narrow ? length : 2L * length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            buffer[size++] = (byte) c;
            if (!narrow) {
                buffer[size++] = (byte) (c >> 8);
            }
        }
    }

    /** Bytes, without their number. */
    public void bytes(byte[] data) {
        array(data, ValueLayout.JAVA_BYTE, data.length);
    }

    /** Bytes with their number before them. */
    public void block(byte[] data) {
        varint(data.length);
        bytes(data);
    }

    /** The elements of a primitive array, without their number; the layout is that of an element. */
    void array(Object array, ValueLayout layout, int count) {
        long bytes = count * layout.byteSize();
        if (bytes >= COPY_LATE_FROM) {
            late.add(new Late(size, array, layout, count));
            lateBytes += bytes;
        } else if (bytes > 0) {
            room(bytes);
            MemorySegment.copy(array, 0, MemorySegment.ofArray(buffer), layout, size, count);
            size += (int) bytes;
        }
    }

    /** How many bytes there are. */
    public long size() {
        return size + lateBytes;
    }

    /**
     * All bytes, in an array of their number.
     *
     * @throws NotEncodableException when there are more than an array holds
     */
    public byte[] toBytes() {
        if (late.isEmpty()) {
            return Arrays.copyOf(buffer, size);
        }
        if (size() > Integer.MAX_VALUE - 8) {
            throw new NotEncodableException(
                    "the value is " + size() + " bytes long, more than 2 GiB; split it into blocks");
        }
        byte[] all = new byte[(int) size()];
        MemorySegment to = MemorySegment.ofArray(all);
        int from = 0;
        int at = 0;
        for (Late next : late) {
            System.arraycopy(buffer, from, all, at, next.at - from);
            at += next.at - from;
            from = next.at;
            MemorySegment.copy(next.array, 0, to, next.layout, at, next.count);
            at += (int) (next.count * next.layout.byteSize());
        }
        System.arraycopy(buffer, from, all, at, size - from);
        return all;
    }

    /**
     * Sends all bytes, without putting them together first: of arrays, what is sent is what they hold when they are
     * reached.
     *
     * @param stage what they pass through; what it holds, up to its position, is sent before them
     */
    public void writeTo(WritableByteChannel out, ByteBuffer stage) throws IOException {
        int from = 0;
        for (Late next : late) {
            small(from, next.at, out, stage);
            from = next.at;
            next.writeTo(out, stage);
        }
        small(from, size, out, stage);
        flush(out, stage);
    }

    private void small(int from, int to, WritableByteChannel out, ByteBuffer stage) throws IOException {
        int at = from;
        while (at < to) {
            if (!stage.hasRemaining()) {
                flush(out, stage);
            }
            int count = Math.min(to - at, stage.remaining());
            stage.put(buffer, at, count);
            at += count;
        }
    }

    private static void flush(WritableByteChannel out, ByteBuffer stage) throws IOException {
        stage.flip();
        while (stage.hasRemaining()) {
            out.write(stage);
        }
        stage.clear();
    }

    private void room(long bytes) {
        if (bytes > buffer.length - size) {
            long wanted = Math.max(size + bytes, Math.min(2L * buffer.length, Integer.MAX_VALUE - 8));
            if (wanted > Integer.MAX_VALUE - 8) {
                throw new NotEncodableException("the value is more than 2 GiB long; split it into blocks");
            }
            buffer = Arrays.copyOf(buffer, (int) wanted);
        }
    }

    /** An array that stands before the byte that is at this place in the buffer. */
    private record Late(int at, Object array, ValueLayout layout, int count) {

        void writeTo(WritableByteChannel out, ByteBuffer stage) throws IOException {
            int width = (int) layout.byteSize();
            int sent = 0;
            while (sent < count) {
                int fits = Math.min(stage.remaining() / width, count - sent);
                if (fits == 0) {
                    flush(out, stage);
                    continue;
                }
                // From its position to its end; the copy does not move the position.
                MemorySegment.copy(array, sent, MemorySegment.ofBuffer(stage), layout, 0, fits);
                stage.position(stage.position() + fits * width);
                sent += fits;
            }
        }
    }
}
