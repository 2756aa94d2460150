package dev.kiln.runtime.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** So many bytes of a channel, through a stage: what has come and is not taken lies there. For one thread. */
final class ByteFeed {

    private final ReadableByteChannel channel;
    private final ByteBuffer stage;
    /** Bytes that are not taken, in the stage or not there yet. */
    private long left;

    /** With what the stage holds between its position and its limit as the first bytes. */
    ByteFeed(ReadableByteChannel channel, ByteBuffer stage, long left) {
        this.channel = channel;
        this.stage = stage;
        this.left = left;
    }

    long left() {
        return left;
    }

    /** The last bytes taken into a window were not read. */
    void takeBack(int bytes) {
        stage.position(stage.position() - bytes);
        left += bytes;
    }

    /** Takes what is here, but at least {@code least} bytes, of which there must be so many left; tells how many. */
    int take(byte[] window, int least) {
        await(least);
        int count = (int) Math.min(Math.min(stage.remaining(), window.length), left);
        stage.get(window, 0, count);
        left -= count;
        return count;
    }

    /** Fills a primitive array, for which there must be enough left. */
    void fill(Object array, ValueLayout layout, int count) {
        int width = (int) layout.byteSize();
        int filled = 0;
        while (filled < count) {
            await(width);
            int here = Math.min(stage.remaining() / width, count - filled);
            MemorySegment.copy(MemorySegment.ofBuffer(stage), layout, 0, array, filled, here);
            stage.position(stage.position() + here * width);
            filled += here;
        }
        left -= (long) count * width;
    }

    /** Waits until so many bytes are in the stage. */
    private void await(int bytes) {
        if (stage.remaining() >= bytes) {
            return;
        }
        stage.compact();
        try {
            while (stage.position() < bytes) {
                if (channel.read(stage) < 0) {
                    throw new EOFException("the connection ended within a value");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stage.flip();
        }
    }
}
